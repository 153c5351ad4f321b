// A tag as it stands in a message.
#pragma once

#include <optional>
#include <string_view>

#include "wire/field_reader.hpp"

namespace oddity::wire {

struct TagView {
  std::string_view key;
  std::string_view value;
};

/// Views into `entry`. std::nullopt: it is malformed.
inline std::optional<TagView> decode_tag(Bytes entry) {
  TagView tag;
  FieldReader fields(entry);
  while (fields.next()) {
    if (fields.is(1, WireType::length)) tag.key = fields.text();
    if (fields.is(2, WireType::length)) tag.value = fields.text();
  }
  return fields.ok() ? std::optional(tag) : std::nullopt;
}

}  // namespace oddity::wire
