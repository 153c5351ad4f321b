#include "wire/point.hpp"

#include <cmath>
#include <limits>

#include "udf.pb.h"

namespace oddity::wire {
namespace {

constexpr std::uint32_t time_number = udf::Point::kTimeFieldNumber;
constexpr std::uint32_t double_number = udf::Point::kFieldsDoubleFieldNumber;
constexpr std::uint32_t int_number = udf::Point::kFieldsIntFieldNumber;
constexpr std::uint32_t string_number = udf::Point::kFieldsStringFieldNumber;
constexpr std::uint32_t bool_number = udf::Point::kFieldsBoolFieldNumber;

/// The row being read: the last of each column. Until finish() NaN stands for "not there" and infinity for
/// "there, but no number that can be used".
class Row {
 public:
  explicit Row(PointColumns& out) : out_(out) {
    for (auto& column : out_.columns) column.push_back(std::numeric_limits<double>::quiet_NaN());
  }
  void number(std::size_t column, double value) noexcept {
    if (!std::isfinite(value)) return no_number(column, missing_not_finite);
    out_.columns[column].back() = value;
  }
  void no_number(std::size_t column, Missing why) noexcept {
    out_.missing[column] |= why;
    out_.columns[column].back() = std::numeric_limits<double>::infinity();
  }

  void finish(std::int64_t time) {
    out_.times.push_back(time);
    for (std::size_t column = 0; column < out_.columns.size(); ++column) {
      double& value = out_.columns[column].back();
      if (std::isnan(value)) out_.missing[column] |= missing_absent;
      if (std::isinf(value)) value = std::numeric_limits<double>::quiet_NaN();
    }
  }
  bool discard() noexcept {
    for (auto& column : out_.columns) column.pop_back();
    return false;
  }

 private:
  PointColumns& out_;
};

/// One entry of a map of fields, {key 1, value 2}, in whatever order and encoding.
bool read_entry(std::uint32_t map, Bytes entry, const FieldSelection& selection, Row& row) {
  std::string_view key;
  std::uint64_t scalar = 0;
  const WireType value_type = map == double_number   ? WireType::fixed64
                              : map == string_number ? WireType::length
                                                     : WireType::varint;
  FieldReader fields(entry);
  while (fields.next()) {
    if (fields.is(1, WireType::length)) key = fields.text();
    if (fields.is(2, value_type) && value_type != WireType::length) scalar = fields.varint();
  }
  if (!fields.ok()) return false;
  const std::size_t column = selection.find(key);
  if (column == FieldSelection::none) return true;
  switch (map) {
    case double_number:
      row.number(column, std::bit_cast<double>(scalar));
      break;
    case int_number:
      row.number(column, static_cast<double>(static_cast<std::int64_t>(scalar)));
      break;
    case string_number:
      row.no_number(column, missing_text);
      break;
    default:
      row.no_number(column, missing_boolean);
      break;
  }
  return true;
}

/// The entry as Kapacitor writes it: 0a <length> key 11 <8 bytes>. Anything else is left to read_entry.
bool read_plain_double(Bytes entry, const FieldSelection& selection, Row& row) {
  constexpr std::size_t around_key = 2 + 1 + 8;
  if (entry.size() < around_key || entry[0] != std::byte{0x0a}) return false;
  const auto key_size = std::to_integer<std::size_t>(entry[1]);
  if (key_size >= 0x80 || entry.size() != key_size + around_key || entry[2 + key_size] != std::byte{0x11})
    return false;
  const std::size_t column = selection.find(as_text(entry.subspan(2, key_size)));
  if (column == FieldSelection::none) return true;
  std::uint64_t bits = 0;
  std::memcpy(&bits, entry.data() + 3 + key_size, sizeof bits);
  if constexpr (std::endian::native == std::endian::big) bits = __builtin_bswap64(bits);
  row.number(column, std::bit_cast<double>(bits));
  return true;
}

}  // namespace

bool decode_point(Bytes body, const FieldSelection& selection, PointColumns& out) {
  Row row(out);
  std::int64_t time = 0;
  FieldReader fields(body);
  while (fields.next()) {
    switch (fields.number()) {
      case time_number:
        if (fields.type() == WireType::varint) time = fields.integer();
        break;
      case double_number:
        if (fields.type() == WireType::length && read_plain_double(fields.bytes(), selection, row)) break;
        [[fallthrough]];
      case int_number:
      case string_number:
      case bool_number:
        if (fields.type() == WireType::length &&
            !read_entry(fields.number(), fields.bytes(), selection, row)) {
          return row.discard();
        }
        break;
      default:
        break;
    }
  }
  if (!fields.ok()) return row.discard();
  row.finish(time);
  return true;
}

}  // namespace oddity::wire
