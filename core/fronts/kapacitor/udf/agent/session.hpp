// One conversation with Kapacitor over a pair of descriptors: process (stdin,
// stdout) or connection of a socket.
#pragma once

#include <cstdint>
#include <memory>

#include "agent/ending.hpp"
#include "agent/handler.hpp"
#include "agent/limits.hpp"
#include "base/log.hpp"

namespace oddity::agent {

/// A worker thread reads, calls the handler, and writes. However long a call takes, input is read, keepalives are
/// answered and the end is noticed: then by the caller's thread.
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
