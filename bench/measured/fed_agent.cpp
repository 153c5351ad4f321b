#include "measured/fed_agent.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <stdexcept>

namespace oddity::bench {
namespace {

/// Sees frames go by, of which it looks at the lengths and at the first byte, which says what they are.
class FrameCounter {
 public:
  template <class OnFrame>
  void take(const char* at, std::size_t count, OnFrame&& on_frame) {
    const char* const end = at + count;
    while (at != end) {
      if (rest_ > 0) {
        if (rest_ == size_) first_ = static_cast<unsigned char>(*at);
        const std::size_t step = std::min(rest_, static_cast<std::size_t>(end - at));
        at += step;
        rest_ -= step;
        if (rest_ == 0 && first_ != keepalive) on_frame(size_);
        continue;
      }
      const auto byte = static_cast<unsigned char>(*at++);
      length_ |= std::size_t{byte & 0x7fu} << shift_;
      shift_ += 7;
      if ((byte & 0x80u) != 0) continue;
      size_ = rest_ = length_;
      length_ = shift_ = 0;
    }
  }

 private:
  static constexpr unsigned char keepalive = 3 << 3 | 2;
  unsigned char first_ = 0;
  std::size_t length_ = 0, shift_ = 0, size_ = 0, rest_ = 0;
};

}  // namespace

FedAgent::FedAgent(const std::vector<std::string>& command, const std::string& log) {
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> in{}, out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), 2);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  output_ = out[0];
  reader_ = std::thread([this] { read_answers(); });
}

FedAgent::~FedAgent() {
  ::close(input_);
  reader_.join();
  ::close(output_);
  ::waitpid(process_, nullptr, 0);
}

void FedAgent::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(input_, bytes.data(), bytes.size());
    if (wrote <= 0) throw std::runtime_error("the agent takes nothing more");
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

void FedAgent::wait_for(std::size_t answers) {
  std::unique_lock lock(mutex_);
  came_.wait(lock, [&] { return answers_ >= answers || ended_; });
  if (answers_ < answers) throw std::runtime_error("the agent ended before all its answers had come");
}

double FedAgent::cpu_seconds() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
    throw std::runtime_error("the agent has ended");
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

std::size_t FedAgent::resident_bytes() const { return status_bytes("VmRSS:"); }
std::size_t FedAgent::peak_bytes() const { return status_bytes("VmHWM:"); }

std::size_t FedAgent::largest_answer() {
  const std::lock_guard lock(mutex_);
  return largest_;
}

std::size_t FedAgent::status_bytes(std::string_view name) const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name)) return std::stoul(line.substr(name.size())) * 1024;
  }
  return 0;
}

void FedAgent::read_answers() {
  FrameCounter frames;
  std::vector<char> block(1 << 20);
  for (ssize_t got = 0; (got = ::read(output_, block.data(), block.size())) > 0;) {
    std::size_t count = 0, largest = 0;
    frames.take(block.data(), static_cast<std::size_t>(got), [&](std::size_t size) {
      ++count;
      largest = std::max(largest, size);
    });
    const std::lock_guard lock(mutex_);
    answers_ += count;
    largest_ = std::max(largest_, largest);
    came_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  came_.notify_all();
}

}  // namespace oddity::bench
