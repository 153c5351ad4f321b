// One conversation with Kapacitor over a pair of descriptors: process (stdin, stdout) or connection of a
// socket.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "agent/agent.hpp"
#include "agent/handler.hpp"
#include "base/log.hpp"

namespace oddity::agent {

/// The limits of a session; the defaults are what operators want. All can be shortened by tests.
struct Limits {
  std::chrono::milliseconds heartbeat{500};  ///< silence after which work that goes on shows a sign of life
  std::chrono::milliseconds after_end_tick{
      100};  ///< distance of the keepalives that probe for a reader after end of input
  std::chrono::milliseconds after_end_stall{
      1000};  ///< unread output that long after end of input: nobody reads
  std::chrono::milliseconds after_end_call{2000};  ///< what a running call of the handler gets then
  std::chrono::milliseconds write_stall{
      60000};  ///< pending output of which no byte is accepted that long: leave
  std::chrono::milliseconds short_read_nap{
      1};  ///< pause after a read that found little: saves most system calls
  std::size_t inbox_bytes = std::size_t{8} << 20;
  std::size_t outbox_bytes = std::size_t{8} << 20;
};

enum class Ending : std::uint8_t {
  delivered,     ///< input ended, everything was answered and written
  unread,        ///< input ended and nobody reads: a disabled task
  reader_gone,   ///< the other side closed its end
  failed,        ///< a failed Init or restore, or an error of the handler: said, and left
  broken_input,  ///< the input is no stream of frames
  stalled        ///< output stood still beyond write_stall
};
const char* to_string(Ending ending) noexcept;

/// Runs on the caller's thread: reads, cuts frames, answers keepalives in every state, writes. The handler
/// runs on a worker thread, so that however long a call takes, input is read, keepalives are answered and the
/// end is noticed.
///
/// 1. Session session(in, out, stop, handler, log, limits);   descriptors stay the caller's
/// 2. session.run();                                         until one of the endings
/// 3. If session.worker_runs(), a call of the handler has not returned: end the process with _exit.
class Session {
 public:
  /// `in`, `out`: may be the same socket. `stop`: a descriptor that becomes readable when the process is
  /// asked to end (taken as end of input), or -1.
  Session(int in, int out, int stop, Handler& handler, Log& log, const Limits& limits = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Ending run();
  /// Whether the worker still runs after run() has returned; otherwise it has been joined.
  bool worker_runs() const noexcept;
  std::uint64_t frames_dropped() const noexcept;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace oddity::agent
