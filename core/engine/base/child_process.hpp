// Work in a child process, with a time limit: what crashes, hangs or stays behind there costs nothing here.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace oddity {

/// An unnamed file for the output of a child. Unlike a pipe it never blocks its writer, and it is read when
/// the child has ended. Closed on exec.
class MemoryFile {
 public:
  /// `name` is for /proc only. Throws std::system_error.
  explicit MemoryFile(const char* name);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  int descriptor() const noexcept { return descriptor_; }
  void write(std::string_view text) const noexcept;  ///< at its begin
  std::string read(std::size_t max) const;           ///< from its begin

 private:
  int descriptor_;
};

/// Forks, and calls `body` in the child. There it must not return, but end by _exit or become
/// another program; where this process may have several threads, it calls only what is safe
/// after a fork (signal-safety(7)). The child has no core dump, leads a process group, and
/// ends when the calling thread ends.
///
/// Returns its wait status; std::nullopt: it did not end within `limit` and was killed. Either way, whatever
/// it left in its process group is killed too. A process that ignores SIGCHLD cannot learn how a child ended:
/// 0. Throws std::system_error when no process can be made.
std::optional<int> run_in_child(const std::function<void()>& body, std::chrono::milliseconds limit);

}  // namespace oddity
