// The limits of a session: times and sizes, all settings; the defaults are what operators want.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/running_call.hpp"

namespace oddity::agent {

struct Limits {
  using Time = std::chrono::milliseconds;
  Time heartbeat{500};          ///< silence after which work that goes on shows a sign of life
  Time call{usual_call_limit};  ///< a call of the handler that takes longer ends the task with its sentence
  Time write_stall{60'000};     ///< pending output of which no byte is accepted that long: leave
  Time after_end_tick{100};     ///< distance of the keepalives that probe for a reader after end of input
  Time after_end_stall{1'000};  ///< unread output that long after end of input: nobody reads
  Time after_end_call{2'000};   ///< what a running call of the handler gets then
  /// Pause after a read that left nothing: saves most system calls. A longer one saves the agent hardly more, and costs
  /// kapacitord, which waits at a full pipe then, far more (docs/performance.md).
  Time nap{1};
  std::size_t inbox_bytes = std::size_t{8} << 20;
  std::size_t outbox_bytes = std::size_t{8} << 20;
};

}  // namespace oddity::agent
