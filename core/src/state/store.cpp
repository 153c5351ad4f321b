#include "state/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/error.hpp"
#include "base/replaced_file.hpp"

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

constexpr const char* expected = "a folder that can be written to";
constexpr const char* mend = "state.dir names another";

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
  if (error) {
    throw Error(
        {fmt::format("state '{}'", folder_.string()), expected, "cannot be made: " + error.message(), mend});
  }
  const fs::path file = file_of(run);
  ReplacedFile whole(file, {fmt::format("state '{}'", file.string()), expected, mend}, 0600);
  whole.write(sealed);
  whole.commit();
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
