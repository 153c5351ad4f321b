// The thread that runs the handler: takes frames from the inbox, puts answers into the outbox.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

#include "agent/agent.hpp"
#include "agent/inbox.hpp"
#include "agent/outbox.hpp"

namespace oddity::agent {

/// 1. start();
/// 2. it works until the inbox is closed and empty, or an answer says to leave;
/// 3. finished() and then join().
class Worker {
 public:
  /// `wake`: an eventfd that is written to when there is output to be written, room for input again, or the work is done.
  Worker(Handler& handler, Inbox& inbox, Outbox& outbox, int wake) noexcept
      : agent_(handler), inbox_(inbox), outbox_(outbox), wake_(wake) {}

  void start();
  bool finished() const noexcept { return finished_; }
  bool failed() const noexcept { return failed_; }
  void join();
  void leave();    ///< work on no further frame; the call under way is finished
  void abandon();  ///< a call does not return: the thread goes with the process
  bool running() const noexcept { return thread_.joinable() && !finished_; }
  const Agent& agent() const noexcept { return agent_; }

  /// Whether a call of the handler is under way, and which: a number that differs from call to call.
  bool calling() const noexcept { return calling_.load(std::memory_order_relaxed); }
  std::uint64_t call() const noexcept { return call_.load(std::memory_order_relaxed); }

  /// True once after each good init: the handler may have brought limits.
  bool take_init() noexcept { return initialised_.exchange(false); }

 private:
  void run();
  Next work(const Block& block);
  bool waited_long() const;
  void publish();

  Next answer(wire::Bytes frame);
  Next take_points(wire::Bytes& frames);

  // Two relaxed stores let the session tell a call that does not return from work that goes on, without reading a
  // clock for every point.
  void begin_call() noexcept {
    call_.store(call_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    calling_.store(true, std::memory_order_relaxed);
  }
  void end_call() noexcept { calling_.store(false, std::memory_order_relaxed); }

  Agent agent_;
  Inbox& inbox_;
  Outbox& outbox_;
  const int wake_;
  wire::Responses responses_;
  std::chrono::steady_clock::time_point published_;
  std::atomic<bool> finished_{false};
  std::atomic<bool> failed_{false};
  std::atomic<bool> leaving_{false};
  std::atomic<bool> calling_{false};
  std::atomic<std::uint64_t> call_{0};
  std::atomic<bool> initialised_{false};
  std::thread thread_;
};

}  // namespace oddity::agent
