#include "state/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/error.hpp"

namespace oddity::state {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".state";
constexpr std::size_t run_digits = 2 * sizeof(RunId);

/// A file of ours: "<run>.state", or the unfinished "<run>.state.<pid>" of a process that was killed.
bool is_ours(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.size() >= run_digits + suffix.size() &&
         std::string_view(name).substr(run_digits).starts_with(suffix) &&
         std::all_of(name.begin(), name.begin() + run_digits,
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

[[noreturn]] void fail(const fs::path& file, std::string_view what, int error) {
  throw Error({fmt::format("state '{}'", file.string()), "a folder that can be written to",
               fmt::format("{}: {}", what, std::strerror(error)), "state.dir names another"});
}

/// Closes on every way out, so that no error leaks a descriptor.
class File {
 public:
  File(const fs::path& path, int flags)
      : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail(path_, "cannot be opened", errno);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(descriptor_); }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(descriptor_, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) fail(path_, "cannot be written", errno);
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
  }
  void sync() const {
    if (::fsync(descriptor_) != 0) fail(path_, "cannot be brought to the disk", errno);
  }

 private:
  const fs::path& path_;
  int descriptor_;
};

}  // namespace

Store::Store(fs::path folder, std::chrono::seconds keep) : folder_(std::move(folder)), keep_(keep) {}

fs::path Store::user_folder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
    return fs::path(state) / "oddity";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return fs::path(home) / ".local" / "state" / "oddity";
  return {};
}

fs::path Store::file_of(const RunId& run) const { return folder_ / (to_text(run) + std::string(suffix)); }

void Store::write(const RunId& run, std::string_view sealed) const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, "cannot be made", error.value());
  const fs::path whole = file_of(run);
  const fs::path unfinished = fmt::format("{}.{}", whole.string(), ::getpid());
  try {
    const File file(unfinished, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(sealed);
    file.sync();
    if (::rename(unfinished.c_str(), whole.c_str()) != 0) fail(whole, "cannot be put in place", errno);
  } catch (const Error&) {
    fs::remove(unfinished, error);
    throw;
  }
  File(folder_, O_RDONLY | O_DIRECTORY).sync();  // the name, too
}

std::optional<std::string> Store::read(const RunId& run) const {
  std::ifstream file(file_of(run), std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return std::nullopt;
  return bytes;
}

std::size_t Store::expire() const noexcept {
  std::size_t removed = 0;
  std::error_code none;
  try {
    const auto oldest = fs::file_time_type::clock::now() - keep_;
    for (const auto& entry : fs::directory_iterator(folder_, none)) {
      if (!is_ours(entry.path()) || !entry.is_regular_file(none)) continue;
      const auto written = entry.last_write_time(none);
      if (!none && written < oldest && fs::remove(entry.path(), none)) ++removed;
    }
  } catch (const std::exception&) {
    // The folder changed under our eyes; the next stop tries again.
  }
  return removed;
}

}  // namespace oddity::state
