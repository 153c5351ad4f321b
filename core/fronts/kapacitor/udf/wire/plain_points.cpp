#include "wire/plain_points.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>

#include "udf.pb.h"
#include "wire/request.hpp"

namespace oddity::wire {
namespace {

constexpr std::byte byte_of(int number, WireType type) noexcept {
  return std::byte{one_byte_tag(number, type)};
}

// The parts of a point; those between name and tags tell its group.
constexpr std::byte time_tag = byte_of(udf::Point::kTimeFieldNumber, WireType::varint);
constexpr std::byte name_tag = byte_of(udf::Point::kNameFieldNumber, WireType::length);
constexpr std::byte tags_tag = byte_of(udf::Point::kTagsFieldNumber, WireType::length);
constexpr std::byte double_tag = byte_of(udf::Point::kFieldsDoubleFieldNumber, WireType::length);
constexpr std::byte int_tag = byte_of(udf::Point::kFieldsIntFieldNumber, WireType::length);
constexpr std::byte string_tag = byte_of(udf::Point::kFieldsStringFieldNumber, WireType::length);
constexpr std::byte bool_tag = byte_of(udf::Point::kFieldsBoolFieldNumber, WireType::length);
// And those of an entry.
constexpr std::byte key_tag = byte_of(1, WireType::length);
constexpr std::byte varint_value_tag = byte_of(2, WireType::varint);
constexpr std::byte fixed64_value_tag = byte_of(2, WireType::fixed64);
constexpr std::byte length_value_tag = byte_of(2, WireType::length);

std::uint64_t eight_bytes(const std::byte* at) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// The first one in the lowest bits.
std::uint32_t four_bytes(const std::byte* at) noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap32(bytes);
  return bytes;
}

/// The bits of a double, which stand in little-endian order.
std::uint64_t double_bits(const std::byte* at) noexcept {
  std::uint64_t bits = eight_bytes(at);
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap64(bits);
  return bits;
}

bool is_finite(std::uint64_t bits) noexcept {
  constexpr std::uint64_t exponent = 0x7ff0000000000000;
  return (bits & exponent) != exponent;
}

/// Reads a length of one byte or two, which all of a usual point's parts have, and of three, which wide points
/// have. False: longer, or cut off.
[[gnu::always_inline]] inline bool read_length(const std::byte*& at, const std::byte* end,
                                               std::size_t& length) noexcept {
  const auto left = end - at;
  if (left < 3) return false;  // no part of interest is that short
  length = std::to_integer<std::size_t>(at[0]);
  if (length < 0x80) {
    at += 1;
    return true;
  }
  const auto second = std::to_integer<std::size_t>(at[1]);
  length = (length & 0x7f) | (second & 0x7f) << 7;
  if (second < 0x80) {
    at += 2;
    return true;
  }
  const auto third = std::to_integer<std::size_t>(at[2]);
  length |= third << 14;
  at += 3;
  return third < 0x80;
}

/// Takes the eight groups of seven bits of a little-endian word together.
std::uint64_t without_continuation_bits(std::uint64_t word) noexcept {
  word = (word & 0x007f007f007f007f) | (word & 0x7f007f007f007f00) >> 1;
  word = (word & 0x00003fff00003fff) | (word & 0x3fff00003fff0000) >> 2;
  return (word & 0x000000000fffffff) | (word & 0x0fffffff00000000) >> 4;
}

/// A time between 1972 and 2262 has nine bytes, and is read at once; any other varint byte by byte.
[[gnu::always_inline]] inline bool read_time(const std::byte*& at, const std::byte* end,
                                             std::int64_t& time) noexcept {
  constexpr std::uint64_t continuation = 0x8080808080808080;
  if (std::endian::native == std::endian::little && end - at >= 9) {
    const std::uint64_t word = eight_bytes(at);
    const auto ninth = std::to_integer<std::uint64_t>(at[8]);
    if ((word & continuation) == continuation && ninth < 0x80) {
      time = static_cast<std::int64_t>(without_continuation_bits(word) | ninth << 56);
      at += 9;
      return true;
    }
  }
  std::uint64_t value = 0;
  if (read_varint(at, end, value) != VarintOutcome::complete) return false;
  time = static_cast<std::int64_t>(value);
  return true;
}

/// Whether the bytes at `at` begin with `wanted`; of none it is not said.
[[gnu::always_inline]] inline bool starts_with(const std::byte* at, const std::byte* end,
                                               Bytes wanted) noexcept {
  const std::size_t size = wanted.size();
  return size != 0 && size <= static_cast<std::size_t>(end - at) && std::memcmp(at, wanted.data(), size) == 0;
}

/// The body of the point that fills the frame; empty: the frame holds something else.
Bytes point_body(Bytes frame) noexcept {
  constexpr auto tag = static_cast<std::uint32_t>(RequestKind::point) << 3 | 2;
  constexpr std::byte first{(tag & 0x7f) | 0x80};
  constexpr std::byte second{tag >> 7};
  const std::byte* at = frame.data();
  const std::byte* const end = at + frame.size();
  std::size_t length = 0;
  if (frame.size() < 5 || at[0] != first || at[1] != second) return {};
  at += 2;
  if (!read_length(at, end, length) || length != static_cast<std::size_t>(end - at)) return {};
  return {at, length};
}

/// Whether an entry of another map is one of a field that was not chosen, 0a <length> key <tag> value, and
/// nothing else.
template <class Fields>
bool is_other_field(Bytes entry, std::byte value_tag, const Fields& fields) noexcept {
  const std::byte* at = entry.data();
  const std::byte* const end = at + entry.size();
  std::uint64_t size = 0;
  if (at == end || *at++ != key_tag || read_varint(at, end, size) != VarintOutcome::complete) return false;
  if (size >= static_cast<std::uint64_t>(end - at)) return false;
  const std::string_view key = as_text({at, static_cast<std::size_t>(size)});
  at += size;
  std::uint64_t value = 0;
  if (*at++ != value_tag || read_varint(at, end, value) != VarintOutcome::complete) return false;
  const std::uint64_t left = value_tag == length_value_tag ? value : 0;
  if (left != static_cast<std::uint64_t>(end - at)) return false;
  return std::none_of(fields.begin(), fields.end(), [&](const auto& field) { return field.name == key; });
}

/// All bits where a key is that of `field`, else none. Eight bytes from `key` on can be read, however short it
/// is: its value follows.
template <class Field>
[[gnu::always_inline]] inline std::size_t mask_of(const std::byte* key, std::size_t size,
                                                  const Field& field) noexcept {
  const std::size_t wanted = field.name.size();
  bool same = (((eight_bytes(key) ^ field.first) & field.first_mask) | (size ^ wanted)) == 0;
  if (wanted > 8) {
    const std::size_t to_last = size > 8 ? size - 8 : 0;
    same &= eight_bytes(key + to_last) == field.last;
  }
  if (wanted > 16) same = same && std::memcmp(key, field.name.data(), wanted) == 0;
  return std::size_t{0} - static_cast<std::size_t>(same);
}

/// Takes an entry of the map of doubles off the front, 42 <length> 0a <length> key 11 <8 bytes> and nothing else, and
/// looks whether it is one of `fields`. False: something else stands there.
template <class Fields>
[[gnu::always_inline]] inline bool take_double(const std::byte*& at, const std::byte* end,
                                               const std::byte* body, Fields& fields) noexcept {
  constexpr std::uint32_t tags =
      std::to_integer<std::uint32_t>(double_tag) | std::to_integer<std::uint32_t>(key_tag) << 16;
  constexpr std::size_t head_bytes = 4, value_bytes = 9, longest_key = 0x7f - 2 - value_bytes;
  if (static_cast<std::size_t>(end - at) < head_bytes + value_bytes) return false;
  const std::uint32_t head = four_bytes(at);
  const std::size_t size = head >> 24;
  const std::byte* const key = at + head_bytes;
  if ((head & 0x00ff00ff) != tags || (head >> 8 & 0xff) != size + 2 + value_bytes || size > longest_key ||
      static_cast<std::size_t>(end - key) < size + value_bytes || key[size] != fixed64_value_tag)
    return false;
  const auto value_at = static_cast<std::size_t>(key + size + 1 - body);
  for (auto& field : fields) {
    const std::size_t here = mask_of(key, size, field);
    field.repeated |= field.value_at & here;
    field.value_at = (field.value_at & ~here) | (value_at & here);
  }
  at = key + size + value_bytes;
  return true;
}

/// Takes a part and its length off the front. False: it is cut off, or longer than any plain one.
bool take_part(const std::byte*& at, const std::byte* end, Bytes& part) noexcept {
  std::size_t length = 0;
  if (!read_length(at, end, length) || length > static_cast<std::size_t>(end - at)) return false;
  part = {at, length};
  at += length;
  return true;
}

/// Where the parts between a point's time and its fields end, its group and its tags, which are those of the point
/// `before`, mostly in the same bytes. nullptr: they are not plain.
const std::byte* behind_group(const std::byte* at, const std::byte* end, Bytes& before) noexcept {
  if (starts_with(at, end, before)) return at + before.size();
  const std::byte* const begin = at;
  while (at != end && *at >= name_tag && *at <= tags_tag) {
    Bytes part;
    if (std::to_integer<int>(*at & std::byte{7}) != static_cast<int>(WireType::length) ||
        !take_part(++at, end, part))
      return nullptr;
  }
  before = {begin, at};
  return at;
}

/// Where an entry of another map ends. nullptr: it is not plain, or that of a field that is `chosen`.
template <class Field>
[[gnu::noinline]] const std::byte* behind_other_field(const std::byte* at, const std::byte* end,
                                                      const std::vector<Field>& chosen) noexcept {
  const std::byte tag = *at++;
  Bytes entry;
  if (!take_part(at, end, entry)) return nullptr;
  const bool is_text = tag == string_tag;
  if (!is_text && tag != int_tag && tag != bool_tag) return nullptr;
  return is_other_field(entry, is_text ? length_value_tag : varint_value_tag, chosen) ? at : nullptr;
}

}  // namespace

/// Reads the time, and finds where the values stand. `group`: the bytes of the point before, if there is one, which
/// become those of this one. False: the point is not plain.
template <class Fields>
[[gnu::always_inline]] inline bool PlainPoints::look_at(Bytes body, std::int64_t& time, Bytes& group,
                                                        Fields& fields) const noexcept {
  const std::byte* at = body.data();
  const std::byte* const end = at + body.size();
  if (*at != time_tag || !read_time(++at, end, time)) return false;
  at = behind_group(at, end, group);
  if (at == nullptr) return false;
  for (auto& field : fields) field.value_at = field.repeated = 0;
  while (at != end) {
    if (take_double(at, end, body.data(), fields)) continue;
    at = behind_other_field(at, end, fields_);
    if (at == nullptr) return false;
  }
  return true;
}

PlainPoints::Field::Field(const std::string& of) : name(of) {
  const std::size_t told = std::min<std::size_t>(of.size(), 8);
  std::memcpy(&first, of.data(), told);
  std::memset(&first_mask, 0xff, told);
  if (of.size() > 8) last = eight_bytes(as_bytes(name).data() + name.size() - 8);
}

PlainPoints::PlainPoints(const FieldSelection& selection) : values_(selection.size()) {
  for (std::size_t column = 0; column < selection.size(); ++column)
    fields_.emplace_back(selection.name(column));
}

std::size_t PlainPoints::take(Bytes& frames, PointColumns& out) {
  // Nearly always there is one, which then stays in registers.
  if (fields_.size() == 1) return take_all(frames, std::array<Field, 1>{fields_[0]}, out);
  return take_all(frames, std::span(fields_), out);
}

template <class Fields>
std::size_t PlainPoints::take_all(Bytes& frames, const Fields& chosen, PointColumns& out) {
  Fields fields = chosen;
  std::size_t taken = 0;
  std::size_t row = 0;
  Bytes group;
  const std::byte* at = frames.data();
  const std::byte* const end = at + frames.size();
  while (true) {
    const std::byte* next = at;
    std::size_t length = 0;
    if (!read_length(next, end, length) || length > static_cast<std::size_t>(end - next)) break;
    const Bytes body = point_body({next, length});
    if (body.empty() || !look_at(body, times_[row], group, fields) || !read_values(body, row, fields)) break;
    at = next + length;
    ++taken;
    if (++row == portion) append(std::exchange(row, 0), out);
  }
  append(row, out);
  frames = {at, end};
  return taken;
}

/// False: a value is missing, not finite, or there twice.
template <class Fields>
bool PlainPoints::read_values(Bytes body, std::size_t row, const Fields& fields) noexcept {
  bool finite = true;
  for (std::size_t column = 0; column < fields.size(); ++column) {
    if (fields[column].value_at == 0 || fields[column].repeated != 0) return false;
    const std::uint64_t bits = double_bits(body.data() + fields[column].value_at);
    finite &= is_finite(bits);
    values_[column][row] = std::bit_cast<double>(bits);
  }
  return finite;
}

void PlainPoints::append(std::size_t rows, PointColumns& out) const {
  const auto count = static_cast<std::ptrdiff_t>(rows);
  out.times.insert(out.times.end(), times_.begin(), times_.begin() + count);
  for (std::size_t column = 0; column < values_.size(); ++column) {
    const auto& values = values_[column];
    out.columns[column].insert(out.columns[column].end(), values.begin(), values.begin() + count);
  }
}

}  // namespace oddity::wire
