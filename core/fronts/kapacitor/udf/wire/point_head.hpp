// Decodes what a point of a stream says beside its values: whose it is, and the names of its fields.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "wire/field_reader.hpp"
#include "wire/tag.hpp"

namespace oddity::wire {

/// Views into the message.
struct PointHead {
  std::int64_t time = 0;  ///< ns since 1970 UTC
  std::string_view name;
  std::string_view database;
  std::string_view retention_policy;
  std::string_view group;  ///< Kapacitor's key, opaque
  bool by_name = false;
  std::vector<std::string_view> dimensions;  ///< the tags that it is grouped by
  std::vector<TagView> tags;                 ///< all, in any order
  std::vector<std::string_view> fields;      ///< names of all fields, of every type
};

/// `head` is reused, so that its vectors keep their capacity. False: malformed.
bool decode_point_head(Bytes body, PointHead& head);

}  // namespace oddity::wire
