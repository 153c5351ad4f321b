// The log: lines on stderr, which Kapacitor copies into its own.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace oddity {

/// Kapacitor reads stderr line by line; a line of 64 KiB stops its reading for good, and a full pipe would
/// block this process. So a line is one write of at most PIPE_BUF bytes (atomic, whole), and it is dropped
/// and counted when it would block. Safe from any thread.
class Log {
 public:
  /// `program`: what each line begins with; it outlives the log.
  explicit Log(int descriptor, std::string_view program = "oddity") noexcept
      : descriptor_(descriptor), program_(program) {}
  /// Lines go to `sink`, whole and without a newline, on the thread that writes
  /// them. Empty: nothing is logged.
  explicit Log(std::function<void(std::string_view)> sink) noexcept
      : descriptor_(-1), program_("oddity"), sink_(std::move(sink)) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    write(fmt::format(format, std::forward<Args>(args)...));
  }
  /// program + use + text, newlines and control characters replaced, cut to one line.
  void write(std::string_view text) noexcept;

  /// Whom all lines from now on are about: "task 'x', node 'y'". Kapacitor prints no name of its own for the
  /// process that answers Info, and a socket's log holds the lines of many.
  void set_use(std::string_view use);

  std::uint64_t dropped() const noexcept { return dropped_; }
  int descriptor() const noexcept { return descriptor_; }
  std::string_view program() const noexcept { return program_; }

 private:
  void tell(std::string_view text) noexcept;

  int descriptor_;
  std::string_view program_;
  std::function<void(std::string_view)> sink_;
  mutable std::mutex mutex_;
  std::string use_;
  std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace oddity
