#include "standin/standin.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "wire/frame.hpp"
#include "wire/varint.hpp"

namespace oddity::test {
namespace {

using Clock = std::chrono::steady_clock;

std::array<int, 2> new_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

void close_once(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

}  // namespace

StandIn::StandIn(const std::string& program, const std::vector<std::string>& arguments, Output output) {
  ::signal(SIGPIPE, SIG_IGN);
  const auto in = new_pipe(), out = new_pipe(), errors = new_pipe();
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::dup2(errors[1], 2);
    ::execv(program.c_str(), words.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(errors[1]);
  input_ = in[1];
  output_ = out[0];
  errors_ = errors[0];
  log_reader_ = std::thread([this] {
    read_all(errors_, log_bytes_);
    const std::lock_guard lock(mutex_);
    log_ended_ = true;
    came_.notify_all();
  });
  if (output == Output::read) read_output();
}

StandIn::~StandIn() {
  close_input();
  exit_code();
  if (output_reader_.joinable()) output_reader_.join();
  if (log_reader_.joinable()) log_reader_.join();
  close_once(output_);
  close_once(errors_);
}

void StandIn::read_all(int descriptor, std::string& into) {
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
    if (got <= 0) return;
    const std::lock_guard lock(mutex_);
    into.append(buffer.data(), static_cast<std::size_t>(got));
    came_.notify_all();
  }
}

void StandIn::send(const udf::Request& request) {
  const std::string message = request.SerializeAsString();
  std::string length;
  wire::append_varint(length, message.size());
  if (send_bytes(length)) send_bytes(message);
}

bool StandIn::send_in_pieces(std::string_view bytes, std::size_t piece) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    if (!send_bytes(bytes.substr(0, piece))) return false;
    int unread = 1;
    for (int tries = 0; tries < 100'000 && unread != 0; ++tries) {
      if (::ioctl(input_, FIONREAD, &unread) != 0) return false;
      if (unread != 0) std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  }
  return true;
}

bool StandIn::send_bytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(input_, bytes.data(), bytes.size());
    if (wrote < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

void StandIn::read_output() {
  output_reader_ = std::thread([this] {
    read_all(output_, output_bytes_);
    const std::lock_guard lock(mutex_);
    output_ended_ = true;
    came_.notify_all();
  });
}

void StandIn::close_input() { close_once(input_); }
void StandIn::close_output() { close_once(output_); }

std::optional<udf::Response> StandIn::next(std::chrono::milliseconds patience, bool keepalives) {
  const auto until = Clock::now() + patience;
  std::unique_lock lock(mutex_);
  while (true) {
    wire::Bytes rest = wire::as_bytes(std::string_view(output_bytes_).substr(at_));
    wire::Bytes frame;
    if (wire::take_frame(rest, frame) == wire::FrameOutcome::complete) {
      at_ = output_bytes_.size() - rest.size();
      udf::Response response;
      if (!response.ParseFromArray(frame.data(), static_cast<int>(frame.size())) ||
          response.message_case() == udf::Response::MESSAGE_NOT_SET) {
        throw std::runtime_error("a frame that would harm kapacitord");
      }
      if (response.has_keepalive() && !keepalives) continue;
      return response;
    }
    if (output_ended_ || came_.wait_until(lock, until) == std::cv_status::timeout) return std::nullopt;
  }
}

std::vector<udf::Response> StandIn::rest() {
  std::vector<udf::Response> all;
  while (auto response = next()) all.push_back(std::move(*response));
  return all;
}

bool StandIn::running() {
  if (status_) return false;
  int status = 0;
  if (::waitpid(process_, &status, WNOHANG) != process_) return true;
  status_ = status;
  return false;
}

int StandIn::exit_code(std::chrono::milliseconds patience) {
  const auto until = Clock::now() + patience;
  while (running()) {
    if (Clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      continue;
    }
    int status = 0;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, &status, 0);
    status_ = status;
  }
  return WIFEXITED(*status_) ? WEXITSTATUS(*status_) : -1;
}

std::string StandIn::log() {
  std::unique_lock lock(mutex_);
  if (status_ && !came_.wait_for(lock, std::chrono::seconds(10), [this] { return log_ended_; }))
    throw std::runtime_error("the process has ended, and somebody still holds its stderr");
  return log_bytes_;
}

std::string StandIn::output() {
  const std::lock_guard lock(mutex_);
  return output_bytes_;
}

}  // namespace oddity::test
