#include "wire/point_writer.hpp"

#include <bit>
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

/// Bytes of a text as a part; none where it is empty.
std::size_t part_bytes(std::string_view text) noexcept {
  return text.empty() ? 0 : 1 + varint_bytes(text.size()) + text.size();
}

void append_text(std::string& out, int number, std::string_view text) {
  out.push_back(tag_of(number, WireType::length));
  append_varint(out, text.size());
  out.append(text);
}

void append_part(std::string& out, int number, std::string_view text) {
  if (!text.empty()) append_text(out, number, text);
}

/// Calls `append` with the text, or with what can be sent of it.
template <class Append>
void with_clean(std::string_view text, Append&& append) {
  is_utf8(text) ? append(text) : append(std::string_view(to_utf8(text)));
}

void append_clean(std::string& out, int number, std::string_view text) {
  with_clean(text, [&](std::string_view clean) { append_part(out, number, clean); });
}

/// The head of an entry of a map, and its key.
void append_key(std::string& out, int map, std::string_view key, std::size_t value_bytes) {
  out.push_back(tag_of(map, WireType::length));
  append_varint(out, part_bytes(key) + value_bytes);
  append_part(out, 1, key);
}

void append_texts(std::string& out, int map, std::string_view key, std::string_view value) {
  with_clean(key, [&](std::string_view clean_key) {
    with_clean(value, [&](std::string_view clean_value) {
      append_key(out, map, clean_key, part_bytes(clean_value));
      append_part(out, 2, clean_value);
    });
  });
}

void append_bits(std::string& out, std::uint64_t bits) {
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap64(bits);
  char bytes[sizeof bits];
  std::memcpy(bytes, &bits, sizeof bits);
  out.append(bytes, sizeof bytes);
}

}  // namespace

void PointWriter::time(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  body_.push_back(tag_of(udf::Point::kTimeFieldNumber, WireType::varint));
  append_varint(body_, static_cast<std::uint64_t>(nanoseconds));
}

void PointWriter::name(std::string_view text) { append_clean(body_, udf::Point::kNameFieldNumber, text); }
void PointWriter::database(std::string_view text) {
  append_clean(body_, udf::Point::kDatabaseFieldNumber, text);
}
void PointWriter::retention_policy(std::string_view text) {
  append_clean(body_, udf::Point::kRetentionPolicyFieldNumber, text);
}
void PointWriter::group(std::string_view text) { append_clean(body_, udf::Point::kGroupFieldNumber, text); }

void PointWriter::dimension(std::string_view text) {
  // One of several: an empty one is written, too.
  with_clean(text,
             [&](std::string_view clean) { append_text(body_, udf::Point::kDimensionsFieldNumber, clean); });
}

void PointWriter::tag(std::string_view key, std::string_view value) {
  append_texts(body_, udf::Point::kTagsFieldNumber, key, value);
}

void PointWriter::number(std::string_view key, double value) {
  if (!std::isfinite(value)) return;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  with_clean(key, [&](std::string_view clean) {
    append_key(body_, udf::Point::kFieldsDoubleFieldNumber, clean, bits == 0 ? 0 : 1 + sizeof bits);
  });
  ++fields_;
  if (bits == 0) return;
  body_.push_back(tag_of(2, WireType::fixed64));
  append_bits(body_, bits);
}

void PointWriter::text(std::string_view key, std::string_view value) {
  append_texts(body_, udf::Point::kFieldsStringFieldNumber, key, value);
  ++fields_;
}

void PointWriter::by_name(bool grouped) {
  if (!grouped) return;
  body_.push_back(tag_of(udf::Point::kByNameFieldNumber, WireType::varint));
  body_.push_back(1);
}

void PointWriter::boolean(std::string_view key, bool value) {
  with_clean(key, [&](std::string_view clean) {
    append_key(body_, udf::Point::kFieldsBoolFieldNumber, clean, value ? 2 : 0);
  });
  ++fields_;
  if (!value) return;
  body_.push_back(tag_of(2, WireType::varint));
  body_.push_back(1);
}

}  // namespace oddity::wire
