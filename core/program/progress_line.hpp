// How far a verb has come, on a terminal.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

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
    if (!due()) return;
    const double done = source.bytes_total() == 0 ? 0
                                                  : 100.0 * static_cast<double>(source.bytes_read()) /
                                                        static_cast<double>(source.bytes_total());
    std::string text = fmt::format("{}: {} lines", source.name(), source.line_number());
    if (source.bytes_total() != 0) text += fmt::format(", {:.0f} %", done);
    draw(text);
  }
  void show(std::size_t done, std::size_t all, std::string_view what) {
    if (due()) draw(fmt::format("{} of {} {}", done, all, what));
  }

 private:
  bool due() {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(200)) return false;
    last_ = now;
    return true;
  }
  void draw(std::string_view text) {
    drawn_ = true;
    fmt::print(stderr, "\r\x1b[K{}", text);
    std::fflush(stderr);
  }

  const bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace oddity::program
