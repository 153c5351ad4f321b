#include "agent/printed.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>

// A sanitizer's report is not a plugin's output: it goes to the log uncut. Defined
// where a sanitizer is linked in.
// NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizers' own name.
extern "C" __attribute__((weak)) void __sanitizer_set_report_fd(void* descriptor);

namespace oddity::agent {
namespace {

/// Lines of print that are logged, cut where they are long; more than some a second are counted.
class Lines {
 public:
  explicit Lines(Log& log) : log_(log) {}

  void take(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') {
        finish();
      } else if (line_.size() < longest) {
        line_ += c;
      }
    }
  }
  /// Also a last line without a newline.
  void finish() {
    if (!line_.empty()) tell();
    line_.clear();
  }
  void tell_left_out() {
    if (left_out_ != 0) log_.line("{} more lines were printed by plugins", left_out_);
    left_out_ = 0;
  }

 private:
  static constexpr std::size_t longest = 1000;
  static constexpr int max_per_second = 10;

  void tell() {
    const auto now = std::chrono::steady_clock::now();
    if (now - second_ >= std::chrono::seconds(1)) {
      tell_left_out();
      second_ = now;
      told_ = 0;
    }
    if (told_++ < max_per_second) {
      log_.line("printed by a plugin: {}", line_);
    } else {
      ++left_out_;
    }
  }

  Log& log_;
  std::string line_;
  std::chrono::steady_clock::time_point second_{};
  int told_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace

Printed::Printed(Log& log, int log_descriptor)
    : log_(log), log_descriptor_(log_descriptor), stop_(::eventfd(0, EFD_CLOEXEC)) {
  if (::pipe2(pipe_.data(), O_CLOEXEC) != 0) {
    ::dup2(log_descriptor_, STDOUT_FILENO);  // whatever else fails, never the protocol
    return;
  }
  ::fcntl(pipe_[0], F_SETFL, O_NONBLOCK);  // the reading end alone: a plugin's print waits where it must
  ::dup2(pipe_[1], STDOUT_FILENO);
  ::dup2(pipe_[1], STDERR_FILENO);
  ::close(pipe_[1]);
  if (__sanitizer_set_report_fd != nullptr)
    __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(log_descriptor_)));
  reader_ = std::thread(&Printed::relay, this);
}

Printed::~Printed() {
  if (reader_.joinable()) {
    ::dup2(log_descriptor_, STDOUT_FILENO);
    ::dup2(log_descriptor_, STDERR_FILENO);
    ::eventfd_write(stop_, 1);  // not the pipe's end: a process that a plugin left behind may hold it open
    reader_.join();
    ::close(pipe_[0]);
  }
  ::close(stop_);
}

void Printed::relay() {
  Lines lines(log_);
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t got = ::read(pipe_[0], buffer.data(), buffer.size());
    if (got > 0) {
      lines.take({buffer.data(), static_cast<std::size_t>(got)});
      continue;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) break;
    std::array<pollfd, 2> polled{{{pipe_[0], POLLIN, 0}, {stop_, POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), -1);
    if (polled[1].revents != 0 && polled[0].revents == 0) break;
  }
  lines.finish();
  lines.tell_left_out();
}

}  // namespace oddity::agent
