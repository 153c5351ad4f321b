#include "wire/harmless.hpp"

#include <cmath>

#include "base/utf8.hpp"
#include "udf.pb.h"
#include "wire/varint.hpp"

namespace oddity::wire {
namespace {

std::size_t shortest_bytes(const FieldReader& field) noexcept {
  const std::size_t tag = varint_bytes(std::uint64_t{field.number()} << 3);
  switch (field.type()) {
    case WireType::varint:
      return tag + varint_bytes(field.varint());
    case WireType::fixed64:
      return tag + 8;
    case WireType::length:
      return tag + varint_bytes(field.bytes().size()) + field.bytes().size();
    default:
      return 0;  // in no message of ours
  }
}

/// Whether `harmless` says so of every field, and nothing is written longer than it must be.
template <class Harmless>
bool every_field(Bytes message, Harmless&& harmless) {
  FieldReader fields(message);
  std::size_t shortest = 0;
  while (fields.next()) {
    if (!harmless(fields)) return false;
    shortest += shortest_bytes(fields);
  }
  return fields.ok() && shortest == message.size();
}

bool is_text(const FieldReader& field) { return field.type() == WireType::length && is_utf8(field.text()); }
bool is_integer(const FieldReader& field) noexcept { return field.type() == WireType::varint; }

/// An entry of a map from a text: {key 1, value 2}.
template <class HarmlessValue>
bool is_entry(const FieldReader& field, HarmlessValue&& harmless) {
  return field.type() == WireType::length && every_field(field.bytes(), [&](const FieldReader& part) {
           return part.number() == 1 ? is_text(part) : part.number() == 2 && harmless(part);
         });
}

bool is_finite(const FieldReader& field) noexcept {
  return field.type() == WireType::fixed64 && std::isfinite(field.number64());
}

}  // namespace

bool is_harmless_point(Bytes body) {
  bool has_field = false;
  const auto harmless = [&](const FieldReader& part) {
    const int number = static_cast<int>(part.number());
    has_field |=
        number == udf::Point::kFieldsDoubleFieldNumber || number == udf::Point::kFieldsIntFieldNumber ||
        number == udf::Point::kFieldsStringFieldNumber || number == udf::Point::kFieldsBoolFieldNumber;
    switch (number) {
      case udf::Point::kTimeFieldNumber:
      case udf::Point::kByNameFieldNumber:
        return is_integer(part);
      case udf::Point::kNameFieldNumber:
      case udf::Point::kDatabaseFieldNumber:
      case udf::Point::kRetentionPolicyFieldNumber:
      case udf::Point::kGroupFieldNumber:
      case udf::Point::kDimensionsFieldNumber:
        return is_text(part);
      case udf::Point::kTagsFieldNumber:
      case udf::Point::kFieldsStringFieldNumber:
        return is_entry(part, is_text);
      case udf::Point::kFieldsDoubleFieldNumber:
        return is_entry(part, is_finite);
      case udf::Point::kFieldsIntFieldNumber:
      case udf::Point::kFieldsBoolFieldNumber:
        return is_entry(part, is_integer);
      default:
        return false;
    }
  };
  return every_field(body, harmless) && has_field;
}

bool is_harmless_begin(Bytes body) {
  return every_field(body, [](const FieldReader& part) {
    switch (static_cast<int>(part.number())) {
      case udf::BeginBatch::kNameFieldNumber:
      case udf::BeginBatch::kGroupFieldNumber:
        return is_text(part);
      case udf::BeginBatch::kTagsFieldNumber:
        return is_entry(part, is_text);
      case udf::BeginBatch::kSizeFieldNumber:
        return is_integer(part) && part.integer() >= 0 && part.integer() <= max_announced;
      case udf::BeginBatch::kByNameFieldNumber:
        return is_integer(part);
      default:
        return false;
    }
  });
}

bool is_harmless_end(Bytes body) {
  return every_field(body, [](const FieldReader& part) {
    switch (static_cast<int>(part.number())) {
      case udf::EndBatch::kNameFieldNumber:
      case udf::EndBatch::kGroupFieldNumber:
        return is_text(part);
      case udf::EndBatch::kTagsFieldNumber:
        return is_entry(part, is_text);
      case udf::EndBatch::kTmaxFieldNumber:
      case udf::EndBatch::kByNameFieldNumber:
        return is_integer(part);
      default:
        return false;
    }
  });
}

}  // namespace oddity::wire
