// One side of a conversation with Kapacitor: what is read, written, and said in the meantime.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include "agent/ending.hpp"
#include "agent/frame_cutter.hpp"
#include "agent/handler.hpp"
#include "agent/inbox.hpp"
#include "agent/limits.hpp"
#include "agent/outbox.hpp"
#include "agent/output.hpp"
#include "agent/worker.hpp"
#include "base/log.hpp"

namespace oddity::agent {

/// Reads, cuts frames, answers keepalives in every state, writes, and notices every way in which a conversation can
/// end. Used by one thread at a time.
///
/// 1. Exchange exchange(in, out, stop, wake, ...);   descriptors stay the caller's
/// 2. exchange.turn(wait) again and again, until ended();
/// 3. between turns worker.take(inbox()), and pause() where that has nothing.
class Exchange {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Wait : std::uint8_t { no, for_input };

  /// `stop`, `wake`: descriptors that become readable when the process is asked to end (taken as the end of
  /// input), or -1, and when turn() is to return.
  Exchange(int in, int out, int stop, int wake, Handler& handler, Log& log, const Limits& limits);

  /// `at_work`: whether frames are being worked on meanwhile.
  void turn(Wait wait, bool at_work);
  /// Writes what the outbox has, as far as it is taken.
  void write_answers();
  /// After a read that left nothing: a moment in which more comes together.
  void pause();

  const std::optional<Ending>& ended() const noexcept { return ending_; }
  Inbox& inbox() noexcept { return inbox_; }
  Worker& worker() noexcept { return worker_; }
  Outbox& outbox() noexcept { return outbox_; }
  const Limits& limits() const noexcept { return limits_; }
  /// How often somebody has to look whether a call goes on for long. From any thread.
  std::chrono::milliseconds tick() const noexcept { return tick_; }

 private:
  enum class Found : std::uint8_t { much, little, end, no_frames };

  std::chrono::milliseconds patience(bool at_work) const;
  void clear_wake() const;
  Found read_once();
  void read_some();
  void answer_keepalive(wire::Bytes body);
  void send_keepalive(std::int64_t time);
  void end_input();
  void break_off();
  void write();
  bool finished(bool at_work) const noexcept;
  bool finish_if_done(bool at_work);
  void adopt_limits();
  void check_call(Clock::time_point now);
  void check_clocks(Clock::time_point now, bool at_work);
  void probe_reader(Clock::time_point now, bool at_work);

  const int in_;
  const int stop_;
  const int wake_;
  Handler& handler_;
  Log& log_;
  Limits limits_;
  std::atomic<std::chrono::milliseconds> tick_;
  Inbox inbox_;
  Outbox outbox_;
  Output output_;
  Worker worker_;
  FrameCutter cutter_;
  std::optional<Ending> ending_;
  bool input_ended_ = false;
  bool found_little_ = false;
  int last_unread_ = 0;
  std::chrono::milliseconds keepalive_distance_{0};
  std::optional<Clock::time_point> keepalive_at_;
  bool stuck_ = false;  ///< a call does not return; its sentence is on the way
  std::uint64_t seen_call_ = 0;
  Clock::time_point called_at_ = Clock::now();
  Clock::time_point fallen_at_, probed_at_;
};

}  // namespace oddity::agent
