// Walks the fields of one protobuf message, whatever they are: the general reader behind our decoders.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "wire/varint.hpp"

namespace oddity::wire {

using Bytes = std::span<const std::byte>;

inline std::string_view as_text(Bytes bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) noexcept { return std::as_bytes(std::span(text)); }

/// Protobuf's wire types.
enum class WireType : std::uint8_t {
  varint = 0,
  fixed64 = 1,
  length = 2,
  begin_group = 3,
  end_group = 4,
  fixed32 = 5
};

/// The byte before a field's value, where `number` is below 16.
constexpr std::uint8_t one_byte_tag(int number, WireType type) noexcept {
  return static_cast<std::uint8_t>(number << 3 | static_cast<int>(type));
}

/// A cursor over a message: next() until it returns false, then check ok().
///
/// 1. FieldReader fields(message);
/// 2. while (fields.next()) { fields.number(), fields.type(), then the value of that type }
/// 3. if (!fields.ok()) the message is malformed: truncated, a length beyond its end,
///    field number 0, a lone group end.
class FieldReader {
 public:
  explicit FieldReader(Bytes message) noexcept : at_(message.data()), end_(message.data() + message.size()) {}

  bool next() noexcept {
    if (at_ == end_ || !ok_) return false;
    return read_tag() && read_value(0);
  }

  bool ok() const noexcept { return ok_; }
  std::uint32_t number() const noexcept { return number_; }
  WireType type() const noexcept { return type_; }
  bool is(std::uint32_t number, WireType type) const noexcept { return number_ == number && type_ == type; }

  std::uint64_t varint() const noexcept { return scalar_; }
  std::int64_t integer() const noexcept { return static_cast<std::int64_t>(scalar_); }
  double number64() const noexcept { return std::bit_cast<double>(scalar_); }
  Bytes bytes() const noexcept { return bytes_; }
  std::string_view text() const noexcept { return as_text(bytes_); }

 private:
  bool fail() noexcept {
    ok_ = false;
    return false;
  }

  /// Tags and lengths take five bytes at most, as in libprotobuf.
  bool read_short_varint(std::uint64_t& value) noexcept {
    const std::byte* const before = at_;
    return read_varint(at_, end_, value) == VarintOutcome::complete && at_ - before <= 5;
  }

  bool read_tag() noexcept {
    std::uint64_t tag = 0;
    if (!read_short_varint(tag)) return fail();
    tag &= 0xffffffffu;  // as in libprotobuf, which drops a tag's bits beyond, but never a length's
    if (tag >> 3 == 0) return fail();
    number_ = static_cast<std::uint32_t>(tag >> 3);
    type_ = static_cast<WireType>(tag & 7);
    return true;
  }

  /// Inlined wherever it stands: with several readers in one source the compiler stops doing so by itself, which
  /// costs thirty instructions a point.
  [[gnu::always_inline]] bool read_value(int depth) noexcept {
    switch (type_) {
      case WireType::varint:
        return read_varint(at_, end_, scalar_) == VarintOutcome::complete || fail();
      case WireType::fixed64:
        return read_fixed(8);
      case WireType::fixed32:
        return read_fixed(4);
      case WireType::length: {
        std::uint64_t size = 0;
        if (!read_short_varint(size)) return fail();
        if (size > static_cast<std::uint64_t>(end_ - at_)) return fail();
        bytes_ = {at_, static_cast<std::size_t>(size)};
        at_ += size;
        return true;
      }
      case WireType::begin_group:
        return skip_group(depth);
      case WireType::end_group:
        break;
    }
    return fail();
  }

  bool read_fixed(std::size_t size) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < size) return fail();
    scalar_ = 0;
    for (std::size_t i = 0; i < size; ++i) scalar_ |= std::to_integer<std::uint64_t>(at_[i]) << (8 * i);
    at_ += size;
    return true;
  }

  /// Groups are protobuf's oldest form of nesting; Kapacitor sends none, but an unknown field may be one.
  [[gnu::noinline]] bool skip_group(int depth) noexcept {
    constexpr int deepest = 100;  // libprotobuf's own limit
    if (depth >= deepest) return fail();
    const std::uint32_t opened = number_;
    while (at_ != end_) {
      if (!read_tag()) return false;
      if (type_ == WireType::end_group) {
        if (number_ != opened) return fail();
        type_ = WireType::begin_group;
        return true;
      }
      if (!read_value(depth + 1)) return false;
    }
    return fail();
  }

  const std::byte* at_;
  const std::byte* end_;
  std::uint64_t scalar_ = 0;
  Bytes bytes_{};
  std::uint32_t number_ = 0;
  WireType type_ = WireType::varint;
  bool ok_ = true;
};

}  // namespace oddity::wire
