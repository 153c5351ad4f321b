#include "wire/harmless.hpp"

#include <cmath>

#include "base/utf8.hpp"

namespace oddity::wire {
namespace {

std::size_t varint_bytes(std::uint64_t value) noexcept {
  std::size_t bytes = 1;
  for (; value >= 0x80; value >>= 7) ++bytes;
  return bytes;
}

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
    has_field |= (part.number() >= 8 && part.number() <= 10) || part.number() == 12;
    switch (part.number()) {
      case 1:   // time
      case 11:  // byName
        return is_integer(part);
      case 2:  // name
      case 3:  // database
      case 4:  // retentionPolicy
      case 5:  // group
      case 6:  // dimensions
        return is_text(part);
      case 7:   // tags
      case 10:  // fieldsString
        return is_entry(part, is_text);
      case 8:  // fieldsDouble
        return is_entry(part, is_finite);
      case 9:   // fieldsInt
      case 12:  // fieldsBool
        return is_entry(part, is_integer);
      default:
        return false;
    }
  };
  return every_field(body, harmless) && has_field;
}

bool is_harmless_begin(Bytes body) {
  return every_field(body, [](const FieldReader& part) {
    switch (part.number()) {
      case 1:  // name
      case 2:  // group
        return is_text(part);
      case 3:  // tags
        return is_entry(part, is_text);
      case 4:  // size
        return is_integer(part) && part.integer() >= 0 && part.integer() <= max_announced;
      case 5:  // byName
        return is_integer(part);
      default:
        return false;
    }
  });
}

bool is_harmless_end(Bytes body) {
  return every_field(body, [](const FieldReader& part) {
    switch (part.number()) {
      case 1:  // name
      case 2:  // group
        return is_text(part);
      case 4:  // tags
        return is_entry(part, is_text);
      case 3:  // tmax
      case 5:  // byName
        return is_integer(part);
      default:
        return false;
    }
  });
}

}  // namespace oddity::wire
