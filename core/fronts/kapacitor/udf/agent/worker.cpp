#include "agent/worker.hpp"

#include <utility>

#include "wire/frame.hpp"

namespace oddity::agent {
namespace {

/// Answers are handed over in portions: each costs a system call, yet none may wait long.
constexpr std::size_t portion_bytes = 64 * 1024;
constexpr std::chrono::milliseconds longest_wait{5};

}  // namespace

bool Worker::take(Inbox& inbox) {
  if (failed_) return false;
  if (block_) return true;
  block_ = inbox.take();
  if (!block_) return false;
  rest_ = block_->bytes();
  return true;
}

void Worker::give_back(Inbox& inbox) {
  if (rest_.empty() && block_) inbox.give_back(*std::exchange(block_, std::nullopt));
}

void Worker::work() {
  failed_ = answer_some() == Next::leave_failed;
  if (leaving_) rest_ = {};
  if (responses_.frames().empty()) return;
  outbox_.put(responses_.frames());
  responses_.clear();
}

Next Worker::answer_some() {
  const auto begun = std::chrono::steady_clock::now();
  while (!leaving_ && !rest_.empty()) {
    if (take_points() == Next::leave_failed) return Next::leave_failed;
    wire::Bytes frame;
    if (wire::take_frame(rest_, frame) != wire::FrameOutcome::complete) {
      rest_ = {};  // all points, or no whole frame, which no block has
      break;
    }
    const std::size_t before = responses_.frames().size();
    if (answer(frame) == Next::leave_failed) return Next::leave_failed;
    const std::size_t pending = responses_.frames().size();
    if (pending == before) continue;
    if (pending >= portion_bytes || std::chrono::steady_clock::now() - begun >= longest_wait) break;
  }
  return Next::go_on;
}

/// Many points are one call.
Next Worker::take_points() {
  begin_call();
  const Next next = agent_.take_points(rest_, responses_);
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

}  // namespace oddity::agent
