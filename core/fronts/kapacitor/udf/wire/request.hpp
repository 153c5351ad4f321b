// Which request a frame holds, and its body: the step before the one switch over the protocol.
#pragma once

#include <cstdint>
#include <string>

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// The numbers are the field numbers in Request.
enum class RequestKind : std::uint32_t {
  none = 0,  ///< an empty frame, or only members that this version does not know
  info = 1,
  init = 2,
  keepalive = 3,
  snapshot = 4,
  restore = 5,
  begin = 16,
  point = 17,
  end = 18,
  malformed = 0xffffffff  ///< no protobuf message
};

struct Request {
  RequestKind kind = RequestKind::none;
  Bytes body;  ///< of the member's message; points into the frame or into `storage`
};

/// Kapacitor writes a request as one member that fills the frame: then `body` points into the frame and
/// nothing is copied. Any other legal encoding (several members, of which the last counts and equal ones
/// merge) goes through libprotobuf into `storage`.
Request read_request(Bytes frame, std::string& storage);

}  // namespace oddity::wire
