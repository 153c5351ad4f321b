#include "agent/worker.hpp"

#include <sys/eventfd.h>

#include "base/crash_report.hpp"
#include "wire/frame.hpp"

namespace oddity::agent {
namespace {

/// Answers are handed over in portions: each costs a lock and a system call, yet none may wait long.
constexpr std::size_t portion_bytes = 64 * 1024;
constexpr std::chrono::milliseconds longest_wait{5};

}  // namespace

void Worker::start() { thread_ = std::thread(&Worker::run, this); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::leave() { leaving_ = true; }

void Worker::abandon() {
  if (thread_.joinable()) thread_.detach();
}

void Worker::run() {
  const CrashStack stack;
  published_ = std::chrono::steady_clock::now();
  while (auto block = inbox_.take()) {
    const Next next = work(*block);
    if (next == Next::leave_failed || inbox_.empty() || waited_long()) publish();
    inbox_.give_back(std::move(*block));
    if (inbox_.take_room_made()) ::eventfd_write(wake_, 1);
    if (next == Next::leave_failed) {
      failed_ = true;
      break;
    }
  }
  finished_ = true;
  ::eventfd_write(wake_, 1);
}

Next Worker::work(const Block& block) {
  wire::Bytes rest = block.bytes();
  wire::Bytes frame;
  while (!leaving_) {
    if (take_points(rest) == Next::leave_failed) return Next::leave_failed;
    if (wire::take_frame(rest, frame) != wire::FrameOutcome::complete) break;
    const std::size_t before = responses_.frames().size();
    if (answer(frame) == Next::leave_failed) return Next::leave_failed;
    const std::size_t pending = responses_.frames().size();
    if (pending == before) continue;
    if (pending >= portion_bytes || waited_long()) publish();
  }
  return Next::go_on;
}

/// Many points are one call.
Next Worker::take_points(wire::Bytes& frames) {
  begin_call();
  const Next next = agent_.take_points(frames, responses_);
  end_call();
  return next;
}

Next Worker::answer(wire::Bytes frame) {
  begin_call();
  const Next next = agent_.answer(frame, responses_);
  end_call();
  if (next == Next::adopt_limits) initialised_ = true;
  return next;
}

bool Worker::waited_long() const { return std::chrono::steady_clock::now() - published_ >= longest_wait; }

void Worker::publish() {
  if (responses_.frames().empty()) return;
  outbox_.put(responses_.frames());
  responses_.clear();
  published_ = std::chrono::steady_clock::now();
  ::eventfd_write(wake_, 1);
}

}  // namespace oddity::agent
