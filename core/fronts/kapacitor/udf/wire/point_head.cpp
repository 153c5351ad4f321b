#include "wire/point_head.hpp"

#include "udf.pb.h"

namespace oddity::wire {
namespace {

void clear(PointHead& head) {
  head.time = 0;
  head.name = head.database = head.retention_policy = head.group = {};
  head.by_name = false;
  head.dimensions.clear();
  head.tags.clear();
  head.fields.clear();
}

void read_scalar(const FieldReader& part, PointHead& head) {
  if (part.number() == udf::Point::kTimeFieldNumber) head.time = part.integer();
  if (part.number() == udf::Point::kByNameFieldNumber) head.by_name = part.varint() != 0;
}

/// False: malformed.
bool read_text(const FieldReader& part, PointHead& head) {
  switch (static_cast<int>(part.number())) {
    case udf::Point::kNameFieldNumber:
      head.name = part.text();
      return true;
    case udf::Point::kDatabaseFieldNumber:
      head.database = part.text();
      return true;
    case udf::Point::kRetentionPolicyFieldNumber:
      head.retention_policy = part.text();
      return true;
    case udf::Point::kGroupFieldNumber:
      head.group = part.text();
      return true;
    case udf::Point::kDimensionsFieldNumber:
      head.dimensions.push_back(part.text());
      return true;
    default:
      break;
  }
  const bool is_tag = part.number() == udf::Point::kTagsFieldNumber;
  const bool is_field = part.number() == udf::Point::kFieldsDoubleFieldNumber ||
                        part.number() == udf::Point::kFieldsIntFieldNumber ||
                        part.number() == udf::Point::kFieldsStringFieldNumber ||
                        part.number() == udf::Point::kFieldsBoolFieldNumber;
  if (!is_tag && !is_field) return true;
  const auto entry = decode_tag(part.bytes());  // a field's value is of another type and not looked at
  if (!entry) return false;
  if (is_tag) head.tags.push_back(*entry);
  if (is_field) head.fields.push_back(entry->key);
  return true;
}

}  // namespace

bool decode_point_head(Bytes body, PointHead& head) {
  clear(head);
  FieldReader parts(body);
  while (parts.next()) {
    if (parts.type() == WireType::varint) read_scalar(parts, head);
    if (parts.type() == WireType::length && !read_text(parts, head)) return false;
  }
  return parts.ok();
}

}  // namespace oddity::wire
