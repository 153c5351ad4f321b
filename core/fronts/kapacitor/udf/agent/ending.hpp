// The ways in which a conversation ends.
#pragma once

#include <cstdint>

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

}  // namespace oddity::agent
