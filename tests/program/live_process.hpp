// `oddity live` as a process that a test writes to, reads from and harms.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace oddity::test {

/// 1. LiveProcess live(arguments, folder)   starts it; what it logs is in `folder`.
/// 2. write() lines, line() for those that come back; kill_worker(), kill().
/// 3. end() closes stdin and waits. Whatever happens, the destructor ends it.
class LiveProcess {
 public:
  LiveProcess(const std::vector<std::string>& arguments, const std::filesystem::path& folder)
      : log_(folder / ("log-" + std::to_string(++started_))) {
    ::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) become(arguments, in[0], out[1]);
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }
  LiveProcess(const LiveProcess&) = delete;
  LiveProcess& operator=(const LiveProcess&) = delete;
  ~LiveProcess() {
    if (pid_ > 0) kill();
    close_input();
    ::close(out_);
  }

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t wrote = ::write(in_, text.data(), text.size());
      if (wrote <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(wrote));
    }
  }
  /// The next line that comes back; "" when none comes within ten seconds, or ever.
  std::string line() {
    while (buffer_.find('\n') == std::string::npos) {
      pollfd ready{out_, POLLIN, 0};
      std::array<char, 65'536> bytes;
      if (::poll(&ready, 1, 10'000) <= 0) return {};
      const ssize_t got = ::read(out_, bytes.data(), bytes.size());
      if (got <= 0) return std::exchange(buffer_, {});
      buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    const std::size_t end = buffer_.find('\n') + 1;
    std::string first = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return first;
  }
  std::string lines(std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += line();
    return all;
  }
  std::string log() const {
    std::stringstream text;
    text << std::ifstream(log_).rdbuf();
    return text.str();
  }
  /// Whether the log has said that within ten seconds.
  bool says(const std::string& text) const {
    return soon([&] { return log().find(text) != std::string::npos; });
  }
  /// What follows "listening on " in the log.
  std::string url() const {
    if (!says("listening on ")) return {};
    std::string text = log();
    text.erase(0, text.find("listening on ") + 13);
    return text.substr(0, text.find('\n'));
  }
  pid_t pid() const { return pid_; }
  /// 0: there is none.
  pid_t worker() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/task/" + std::to_string(pid_) + "/children");
    pid_t child = 0;
    in >> child;
    return child;
  }
  /// Returns when another one is there.
  void kill_worker(int signal = SIGKILL) const {
    if (!soon([&] { return worker() != 0; })) return;
    const pid_t before = worker();
    if (before <= 0) return;  // or kill(2) would mean us
    ::kill(before, signal);
    soon([&] { return worker() != 0 && worker() != before; });
  }
  void stop() const { ::kill(pid_, SIGTERM); }
  /// As a machine would: at once, the worker too.
  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }
  void close_input() {
    if (in_ >= 0) ::close(std::exchange(in_, -1));
  }
  /// Its exit code, after the rest of what it writes is read.
  int end() {
    close_input();
    return wait_reading();
  }
  int wait_reading() {
    std::array<char, 65'536> bytes;
    for (ssize_t got = 0; (got = ::read(out_, bytes.data(), bytes.size())) > 0;)
      buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return wait();
  }
  const std::string& rest() const { return buffer_; }

  template <class Holds>
  static bool soon(const Holds& holds) {
    for (int turn = 0; turn < 1'000; ++turn) {
      if (holds()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

 private:
  [[noreturn]] void become(const std::vector<std::string>& arguments, int in, int out) const {
    const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(log, 2);
    std::vector<char*> words{const_cast<char*>(ODDITY_PROGRAM), const_cast<char*>("live")};
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  inline static int started_ = 0;
  std::filesystem::path log_;
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string buffer_;
};

}  // namespace oddity::test
