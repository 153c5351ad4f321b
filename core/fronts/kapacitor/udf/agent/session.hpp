// One conversation with Kapacitor over a pair of descriptors: process (stdin,
// stdout) or connection of a socket.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "agent/agent.hpp"
#include "agent/handler.hpp"
#include "agent/limits.hpp"
#include "base/log.hpp"

namespace oddity::agent {

enum class Ending : std::uint8_t {
  delivered,     ///< input ended, everything was answered and written
  unread,        ///< input ended and nobody reads: a disabled task
  reader_gone,   ///< the other side closed its end
  failed,        ///< a failed Init or restore, or an error of the handler: said, and left
  stuck,         ///< a call of the handler did not return within its limit: said, and left
  broken_input,  ///< the input is not a stream of frames
  stalled        ///< output stood still beyond write_stall
};
const char* to_string(Ending ending) noexcept;

/// Runs on the caller's thread: reads, cuts frames, answers keepalives in every state, writes. The handler
/// runs on a worker thread, so that however long a call takes, input is read, keepalives are answered and the
/// end is noticed.
///
/// 1. Session session(in, out, stop, handler, log, limits);   descriptors stay the caller's
/// 2. session.run();                                         until one of the endings
/// 3. If session.worker_runs(), a call of the handler has not returned: end the process with _exit, or leave
///    session and handler to the thread for ever.
///
/// After an init the handler may bring limits of its own (Handler::limits): they count from then on.
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
