// Whether a data message may go to Kapacitor byte for byte as it came.
#pragma once

#include <cstdint>

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// The largest size that a begin may announce. kapacitord reserves 16 bytes for each point announced, and
/// panics where it cannot, or where the size is negative.
inline constexpr std::int64_t max_announced = 10'000;

/// True: only fields of udf.proto, each text UTF-8, each double finite, all integers and lengths
/// written as short as can be, so that any reader of protobuf finds the same in them; a point has a
/// field, a begin announces 0 to max_announced points. False does not mean that the message is useless:
/// it may be sent after cleaning.
bool is_harmless_point(Bytes body);
bool is_harmless_begin(Bytes body);
bool is_harmless_end(Bytes body);

}  // namespace oddity::wire
