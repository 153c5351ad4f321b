// How far a file has been read, on a terminal.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "replay/line_source.hpp"

namespace oddity::program {

/// On a terminal only, a few times a second; the line is cleared at the end.
class ProgressLine {
 public:
  ProgressLine() : shown_(::isatty(STDERR_FILENO) == 1) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
  }
  void show(const replay::LineSource& source) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    drawn_ = true;
    const double done = source.bytes_total() == 0 ? 0
                                                  : 100.0 * static_cast<double>(source.bytes_read()) /
                                                        static_cast<double>(source.bytes_total());
    fmt::print(stderr, "\r\x1b[K{}: {} lines", source.name(), source.line_number());
    if (source.bytes_total() != 0) fmt::print(stderr, ", {:.0f} %", done);
    std::fflush(stderr);
  }

 private:
  const bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace oddity::program
