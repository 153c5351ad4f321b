// Decodes the begin and the end of a batch.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "wire/field_reader.hpp"
#include "wire/tag.hpp"

namespace oddity::wire {

struct Begin {
  std::string_view name;
  std::string_view group;  ///< Kapacitor's key, opaque
  bool by_name = false;
};

struct End {
  std::string_view name;
  std::int64_t tmax = 0;  ///< ns since 1970 UTC
  /// In the order they came, which is random; of a repeated key the last one counts.
  std::vector<TagView> tags;
};

/// Views into `body`. std::nullopt: the message is malformed. Begin's size is a hint that is often wrong and
/// not read; its tags come again with the end.
std::optional<Begin> decode_begin(Bytes body);

/// As decode_begin; `end` is reused, so that its vector keeps its capacity. False: malformed.
bool decode_end(Bytes body, End& end);

}  // namespace oddity::wire
