#include "detection/daemon.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace oddity::kapacitor {
namespace {

namespace fs = std::filesystem;

std::string of_process(pid_t process, std::string_view what) {
  return fmt::format("/proc/{}/{}", process, what);
}

/// The inodes of the sockets that a process holds; std::nullopt: it has ended, or access is denied.
std::optional<std::set<std::string>> sockets_of(pid_t process) {
  std::error_code error;
  fs::directory_iterator descriptors(of_process(process, "fd"), error);
  if (error) return std::nullopt;
  std::set<std::string> inodes;
  while (descriptors != fs::directory_iterator()) {
    constexpr std::string_view prefix = "socket:[";
    std::error_code closed;
    const std::string to = fs::read_symlink(descriptors->path(), closed).string();
    if (!closed && to.starts_with(prefix))
      inodes.insert(to.substr(prefix.size(), to.size() - prefix.size() - 1));
    descriptors.increment(error);
    if (error) return std::nullopt;
  }
  return inodes;
}

/// Whether one of `inodes` listens, by a table such as /proc/net/tcp: local and remote address, state and,
/// tenth, the inode (proc(5)).
bool any_listens(const std::string& table, const std::set<std::string>& inodes) {
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    std::istringstream words(line);
    const std::vector<std::string> columns{std::istream_iterator<std::string>(words), {}};
    constexpr std::size_t state = 3, inode = 9;
    if (columns.size() > inode && columns[state] == "0A" && inodes.contains(columns[inode])) return true;
  }
  return false;
}

}  // namespace

Daemon::Daemon(pid_t process) : process_(process) {
  std::ifstream file(of_process(process, "cmdline"), std::ios::binary);
  command_line_.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::optional<bool> Daemon::takes_requests() const {
  if (::getppid() != process_) return std::nullopt;
  const auto sockets = sockets_of(process_);
  if (!sockets) return std::nullopt;
  if (sockets->empty()) return false;  // the tables are long where a machine has many connections
  return any_listens(of_process(process_, "net/tcp"), *sockets) ||
         any_listens(of_process(process_, "net/tcp6"), *sockets);
}

}  // namespace oddity::kapacitor
