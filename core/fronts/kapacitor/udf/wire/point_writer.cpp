#include "wire/point_writer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/utf8.hpp"
#include "udf.pb.h"
#include "wire/varint.hpp"

namespace oddity::wire {
namespace {

constexpr char tag_of(int number, WireType type) noexcept {
  return static_cast<char>(one_byte_tag(number, type));
}
static_assert(udf::Point::kFieldsBoolFieldNumber < 16);

/// More than the tags and lengths of a part, or of an entry of a map and what is in it, can take.
constexpr std::size_t heads = 4 * (1 + longest_varint);

/// Bytes of a text as a part; none where it is empty.
std::size_t part_bytes(std::string_view text) noexcept {
  return text.empty() ? 0 : 1 + varint_bytes(text.size()) + text.size();
}

// What follows writes at `at`, where there is room enough, and answers where it ended.

char* put_varint(char* at, std::uint64_t value) noexcept {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

char* put_text(char* at, int number, std::string_view text) noexcept {
  *at++ = tag_of(number, WireType::length);
  at = put_varint(at, text.size());
  return std::copy(text.begin(), text.end(), at);
}

char* put_part(char* at, int number, std::string_view text) noexcept {
  return text.empty() ? at : put_text(at, number, text);
}

char* put_bits(char* at, std::uint64_t bits) noexcept {
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap64(bits);
  std::memcpy(at, &bits, sizeof bits);
  return at + sizeof bits;
}

/// Calls `put` with the text, or with what can be sent of it.
template <class Put>
void with_clean(std::string_view text, Put&& put) {
  is_utf8(text) ? put(text) : put(std::string_view(to_utf8(text)));
}

}  // namespace

void PointWriter::part(int number, std::string_view text) {
  with_clean(
      text, [&](std::string_view clean) { written_to(put_part(room(clean.size() + heads), number, clean)); });
}

/// An entry of a map: its key, and what `put_value` writes at the place that it is given.
template <class PutValue>
void PointWriter::entry(int map, std::string_view key, std::size_t value_bytes, PutValue&& put_value) {
  with_clean(key, [&](std::string_view clean) {
    char* at = room(clean.size() + value_bytes + heads);
    *at++ = tag_of(map, WireType::length);
    at = put_varint(at, part_bytes(clean) + value_bytes);
    written_to(put_value(put_part(at, 1, clean)));
  });
}

void PointWriter::texts(int map, std::string_view key, std::string_view value) {
  with_clean(value, [&](std::string_view clean) {
    entry(map, key, part_bytes(clean), [&](char* at) { return put_part(at, 2, clean); });
  });
}

void PointWriter::time(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  char* const at = room(heads);
  *at = tag_of(udf::Point::kTimeFieldNumber, WireType::varint);
  written_to(put_varint(at + 1, static_cast<std::uint64_t>(nanoseconds)));
}

void PointWriter::name(std::string_view text) { part(udf::Point::kNameFieldNumber, text); }
void PointWriter::database(std::string_view text) { part(udf::Point::kDatabaseFieldNumber, text); }
void PointWriter::retention_policy(std::string_view text) {
  part(udf::Point::kRetentionPolicyFieldNumber, text);
}
void PointWriter::group(std::string_view text) { part(udf::Point::kGroupFieldNumber, text); }

void PointWriter::dimension(std::string_view text) {
  // One of several: an empty one is written, too.
  with_clean(text, [&](std::string_view clean) {
    written_to(put_text(room(clean.size() + heads), udf::Point::kDimensionsFieldNumber, clean));
  });
}

void PointWriter::tag(std::string_view key, std::string_view value) {
  texts(udf::Point::kTagsFieldNumber, key, value);
}

void PointWriter::number(std::string_view key, double value) {
  if (!std::isfinite(value)) return;
  ++fields_;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  entry(udf::Point::kFieldsDoubleFieldNumber, key, bits == 0 ? 0 : 1 + sizeof bits, [bits](char* at) {
    if (bits == 0) return at;
    *at = tag_of(2, WireType::fixed64);
    return put_bits(at + 1, bits);
  });
}

void PointWriter::text(std::string_view key, std::string_view value) {
  ++fields_;
  texts(udf::Point::kFieldsStringFieldNumber, key, value);
}

void PointWriter::by_name(bool grouped) {
  if (!grouped) return;
  char* const at = room(heads);
  *at = tag_of(udf::Point::kByNameFieldNumber, WireType::varint);
  at[1] = 1;
  written_to(at + 2);
}

void PointWriter::boolean(std::string_view key, bool value) {
  ++fields_;
  entry(udf::Point::kFieldsBoolFieldNumber, key, value ? 2 : 0, [value](char* at) {
    if (!value) return at;
    *at = tag_of(2, WireType::varint);
    at[1] = 1;
    return at + 2;
  });
}

}  // namespace oddity::wire
