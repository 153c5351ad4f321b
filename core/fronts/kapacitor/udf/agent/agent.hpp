// The one switch over the protocol: answers management requests, and hands data on to the handler.
#pragma once

#include <cstdint>
#include <string>

#include "agent/handler.hpp"
#include "wire/request.hpp"

namespace oddity::agent {

/// What the session does after a frame.
enum class Next : std::uint8_t {
  go_on,
  /// After a good init: ask the handler for its limits.
  adopt_limits,
  /// Write what is pending and leave: after a failed Init Kapacitor neither
  /// closes stdin nor kills the process.
  leave_failed
};

/// Frames in, frames out; no input or output of its own.
class Agent {
 public:
  explicit Agent(Handler& handler) noexcept : handler_(handler) {}

  /// Answers one frame. Never throws: an oddity::Error of init or restore becomes that call's answer, any
  /// other exception an ErrorResponse. Keepalives are answered by the reader of the frames, in every state.
  Next answer(wire::Bytes frame, wire::Responses& out) noexcept;

  /// Hands the handler those frames at the front that it takes as points many at once (Handler::points).
  Next take_points(wire::Bytes& frames, wire::Responses& out) noexcept;

  std::uint64_t frames_dropped() const noexcept { return dropped_; }  ///< malformed or unknown

 private:
  template <class Call>
  Next guarded(wire::Responses& out, Call&& call) noexcept;
  Next dispatch(const wire::Request& request, wire::Responses& out);
  Next init(wire::Bytes body, wire::Responses& out);
  void snapshot(wire::Responses& out);
  Next restore(wire::Bytes body, wire::Responses& out);

  Handler& handler_;
  std::string storage_;
  std::uint64_t dropped_ = 0;
};

}  // namespace oddity::agent
