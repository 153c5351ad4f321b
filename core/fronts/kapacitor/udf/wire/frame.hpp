// Cuts the stream of bytes into frames: a varint length, then that many bytes of one message.
#pragma once

#include <cstdint>

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// A longer frame is not a message of Kapacitor's but a stream out of step.
inline constexpr std::uint64_t longest_frame = std::uint64_t{1} << 30;

enum class FrameOutcome : std::uint8_t {
  complete,    ///< `frame` is the next message
  incomplete,  ///< more bytes are needed
  broken       ///< a length that no frame has; nothing after it can be trusted
};

/// Takes the next frame off the front of `rest`. On `incomplete` and `broken`, `rest` is untouched.
inline FrameOutcome take_frame(Bytes& rest, Bytes& frame) noexcept {
  const std::byte* at = rest.data();
  const std::byte* end = at + rest.size();
  std::uint64_t size = 0;
  switch (read_varint(at, end, size)) {
    case VarintOutcome::incomplete:
      return FrameOutcome::incomplete;
    case VarintOutcome::malformed:
      return FrameOutcome::broken;
    case VarintOutcome::complete:
      break;
  }
  if (size > longest_frame) return FrameOutcome::broken;
  if (size > static_cast<std::uint64_t>(end - at)) return FrameOutcome::incomplete;
  frame = {at, static_cast<std::size_t>(size)};
  rest = {at + size, end};
  return FrameOutcome::complete;
}

}  // namespace oddity::wire
