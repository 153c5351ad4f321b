// Runs the handler: takes frames from the inbox, puts answers into the outbox.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include "agent/agent.hpp"
#include "agent/inbox.hpp"
#include "agent/outbox.hpp"

namespace oddity::agent {

/// 1. take(inbox): whether there is something to work on;
/// 2. work() for a few milliseconds, without the inbox;
/// 3. give_back(inbox); and again.
class Worker {
 public:
  Worker(Handler& handler, Outbox& outbox) noexcept : agent_(handler), outbox_(outbox) {}

  /// With what is left of a block, or another one.
  bool take(Inbox& inbox);
  /// Answers frames until the block is done or the first answers have waited for long, and puts them into the
  /// outbox.
  void work();
  void give_back(Inbox& inbox);

  bool failed() const noexcept { return failed_; }  ///< an answer said to leave: nothing more is worked on
  void leave() noexcept { leaving_ = true; }        ///< from any thread: only finish the call under way
  const Agent& agent() const noexcept { return agent_; }

  /// Whether a call of the handler is under way, and which: a number that differs from call to call. From any
  /// thread.
  bool calling() const noexcept { return calling_.load(std::memory_order_relaxed); }
  std::uint64_t call() const noexcept { return call_.load(std::memory_order_relaxed); }

  /// True once after each good init: the handler may have brought limits.
  bool take_init() noexcept { return initialised_.exchange(false); }

 private:
  Next answer_some();
  Next answer(wire::Bytes frame);
  Next take_points();

  // Two relaxed stores let others tell a call that does not return from work that goes on, without reading a
  // clock for every point.
  void begin_call() noexcept {
    call_.store(call_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    calling_.store(true, std::memory_order_relaxed);
  }
  void end_call() noexcept { calling_.store(false, std::memory_order_relaxed); }

  Agent agent_;
  Outbox& outbox_;
  std::optional<Block> block_;
  wire::Bytes rest_;  ///< of the block
  wire::Responses responses_;
  bool failed_ = false;
  std::atomic<bool> leaving_{false};
  std::atomic<bool> calling_{false};
  std::atomic<std::uint64_t> call_{0};
  std::atomic<bool> initialised_{false};
};

}  // namespace oddity::agent
