#include "state/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/replaced_file.hpp"

namespace oddity::state {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".state";
constexpr std::string_view note_suffix = ".before";
constexpr std::size_t run_digits = 2 * sizeof(RunId);

/// A file of ours: "<run>.state", the unfinished "<run>.state.<pid>" of a process that was killed, or
/// "<run>.before", a link to the file of the run before.
bool is_ours(const fs::path& file) {
  const std::string name = file.filename().string();
  if (name.size() < run_digits) return false;
  const std::string_view rest = std::string_view(name).substr(run_digits);
  return (rest.starts_with(suffix) || rest == note_suffix) &&
         std::all_of(name.begin(), name.begin() + run_digits,
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

constexpr const char* expected = "a folder that can be written to";
constexpr const char* hint = "state.dir names another";

[[noreturn]] void fail(const fs::path& folder, const std::string& found) {
  throw Error({fmt::format("state '{}'", folder.string()), expected, found, hint});
}

}  // namespace

Store::Store(fs::path folder, std::chrono::seconds keep, std::uintmax_t max_bytes)
    : folder_(std::move(folder)), keep_(keep), max_bytes_(max_bytes) {}

fs::path Store::user_folder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
    return fs::path(state) / "oddity";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return fs::path(home) / ".local" / "state" / "oddity";
  return {};
}

fs::path Store::file_of(const RunId& run) const { return folder_ / (to_text(run) + std::string(suffix)); }

void Store::check() const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, "cannot be made: " + error.message());
  if (::faccessat(AT_FDCWD, folder_.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
    fail(folder_, fmt::format("cannot be written to: {}", std::strerror(errno)));
}

void Store::write(const RunId& run, std::string_view sealed) const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, "cannot be made: " + error.message());
  const fs::path file = file_of(run);
  ReplacedFile whole(file, {fmt::format("state '{}'", file.string()), expected, hint}, 0600);
  whole.write(sealed);
  whole.commit();
}

std::optional<std::string> Store::read(const RunId& run) const {
  std::ifstream file(file_of(run), std::ios::binary);
  if (!file) return std::nullopt;
  try {
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) return std::nullopt;
    return bytes;
  } catch (const std::ios_base::failure&) {  // thrown by libstdc++ for an error of the disk, or a folder
    return std::nullopt;
  }
}

fs::path Store::note_of(const RunId& run) const {
  return folder_ / (to_text(run) + std::string(note_suffix));
}

std::optional<std::string> Store::take(const RunId& run, std::chrono::seconds max) const {
  const fs::path file = file_of(run);
  std::error_code failed;
  const auto written = fs::last_write_time(file, failed);
  if (failed) return std::nullopt;
  auto bytes = read(run);
  // Of two processes that come at once, only one takes it.
  if (!fs::remove(file, failed) || fs::file_time_type::clock::now() - written > max) return std::nullopt;
  return bytes;
}

void Store::note_before(const RunId& run, const RunId& before) const noexcept {
  std::error_code none;
  if (fs::exists(file_of(before), none)) fs::create_symlink(file_of(before).filename(), note_of(run), none);
}

void Store::remove_before(const RunId& run) const noexcept {
  std::error_code failed;
  const fs::path before = fs::read_symlink(note_of(run), failed);
  if (failed) return;
  if (is_ours(before) && !before.has_parent_path()) fs::remove(folder_ / before, failed);
  fs::remove(note_of(run), failed);
}

Store::Expired Store::expire() const noexcept {
  Expired removed;
  std::error_code none;
  try {
    struct File {
      std::chrono::system_clock::time_point written;
      std::uintmax_t bytes;
      fs::path path;
    };
    std::vector<File> files;
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
      if (!is_ours(entry.path())) continue;
      struct stat status {};  // of a link itself, which std::filesystem cannot tell the age of
      if (::lstat(entry.path().c_str(), &status) != 0 || S_ISDIR(status.st_mode)) continue;
      files.push_back({std::chrono::system_clock::from_time_t(status.st_mtime),
                       static_cast<std::uintmax_t>(status.st_size), entry.path()});
    }
    std::ranges::sort(files, std::greater(), &File::written);  // the newest first
    const auto oldest = std::chrono::system_clock::now() - keep_;
    std::uintmax_t bytes = 0;
    for (const auto& file : files) {
      const bool expired = file.written < oldest;
      if (!expired && (bytes += file.bytes) <= max_bytes_) continue;
      if (fs::remove(file.path, none)) ++(expired ? removed.by_age : removed.by_size);
    }
  } catch (const std::exception&) {
    // The folder changed meanwhile; the next stop tries again.
  }
  return removed;
}

}  // namespace oddity::state
