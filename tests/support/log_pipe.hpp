// A log whose lines a test can read.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include "base/log.hpp"

namespace oddity::test {

/// Lines go to a pipe and are kept there; read() takes them.
class LogPipe {
 public:
  LogPipe() : made_(::pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC)), log(ends_[1]) {}
  LogPipe(const LogPipe&) = delete;
  LogPipe& operator=(const LogPipe&) = delete;
  ~LogPipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  int descriptor() const noexcept { return ends_[1]; }
  std::string read() {
    std::string text(1 << 16, '\0');
    const ssize_t got = ::read(ends_[0], text.data(), text.size());
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

 private:
  std::array<int, 2> ends_{};
  int made_;

 public:
  Log log;
};

}  // namespace oddity::test
