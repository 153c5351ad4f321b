// A data message as an object, for code that wants all of it; wire::decode_* are faster for parts.
#pragma once

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// Reads `body` into a message of udf.proto. False: it is malformed.
template <class Message>
bool parse(Bytes body, Message& message) {
  return message.ParseFromArray(body.data(), static_cast<int>(body.size()));
}

}  // namespace oddity::wire
