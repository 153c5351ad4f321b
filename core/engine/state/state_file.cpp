#include "state/state_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "base/error.hpp"

namespace oddity::state {
namespace {

/// What lies in a state's folder is far smaller; beyond that something else is read, /dev/zero perhaps.
constexpr std::size_t max_bytes = std::size_t{1} << 30;

/// What to name in place of a folder: a state that is there, as an agent or oddity live leave it.
std::string file_in(const std::string& folder) {
  std::error_code failed;
  std::string found;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::filesystem::path& file = entry->path();
    std::error_code ignored;
    if (file.filename() != "state" && file.extension() != ".state") continue;
    if (!std::filesystem::is_regular_file(file, ignored)) continue;
    if (found.empty() || file.string() < found) found = file.string();
  }
  return found.empty() ? "name one of its files: RUN.state of an agent, or state of oddity live"
                       : "name one of its files, '" + found + "'";
}

}  // namespace

std::string read_file(const std::string& what, const std::string& path) {
  const auto unreadable = [&](const std::string& found, const std::string& hint = "") {
    return Error({what, "a file that can be read", found, hint});
  };
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw unreadable(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw unreadable("a folder", file_in(path));
  std::ifstream in(path, std::ios::binary);
  if (!in) throw unreadable(std::strerror(errno));
  std::string bytes;
  std::vector<char> block(std::size_t{1} << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    bytes.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > max_bytes) throw unreadable("more than 1 GiB");
  }
  if (in.bad()) throw unreadable("an error while reading");
  return bytes;
}

}  // namespace oddity::state
