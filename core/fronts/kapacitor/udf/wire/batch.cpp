#include "wire/batch.hpp"

#include "udf.pb.h"

namespace oddity::wire {

std::optional<Begin> decode_begin(Bytes body) {
  Begin begin;
  FieldReader fields(body);
  while (fields.next()) {
    if (fields.is(udf::BeginBatch::kNameFieldNumber, WireType::length)) begin.name = fields.text();
    if (fields.is(udf::BeginBatch::kGroupFieldNumber, WireType::length)) begin.group = fields.text();
    if (fields.is(udf::BeginBatch::kByNameFieldNumber, WireType::varint))
      begin.by_name = fields.varint() != 0;
  }
  return fields.ok() ? std::optional(begin) : std::nullopt;
}

bool decode_end(Bytes body, End& end) {
  end.name = {};
  end.tmax = 0;
  end.tags.clear();
  FieldReader fields(body);
  while (fields.next()) {
    if (fields.is(udf::EndBatch::kNameFieldNumber, WireType::length)) end.name = fields.text();
    if (fields.is(udf::EndBatch::kTmaxFieldNumber, WireType::varint)) end.tmax = fields.integer();
    if (fields.is(udf::EndBatch::kTagsFieldNumber, WireType::length)) {
      const auto tag = decode_tag(fields.bytes());
      if (!tag) return false;
      end.tags.push_back(*tag);
    }
  }
  return fields.ok();
}

}  // namespace oddity::wire
