// Base-128 varints, the integers of protobuf's wire and of Kapacitor's frame prefix.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

namespace oddity::wire {

/// A varint of 64 bits takes at most this many bytes.
inline constexpr std::size_t longest_varint = 10;

enum class VarintOutcome : std::uint8_t { complete, incomplete, malformed };

/// Reads one varint at `at` (moved behind it) from the bytes before `end`. `incomplete`: the bytes end inside
/// it; `malformed`: longer than ten bytes. On either, `at` and `value` are untouched. Bits beyond 64 are
/// dropped, as libprotobuf does.
inline VarintOutcome read_varint(const std::byte*& at, const std::byte* end, std::uint64_t& value) noexcept {
  std::uint64_t sum = 0;
  const std::byte* next = at;
  for (unsigned shift = 0; shift < 7 * longest_varint; shift += 7) {
    if (next == end) return VarintOutcome::incomplete;
    const auto byte = std::to_integer<std::uint64_t>(*next++);
    sum |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      at = next;
      value = sum;
      return VarintOutcome::complete;
    }
  }
  return VarintOutcome::malformed;
}

/// How many bytes append_varint appends.
constexpr std::size_t varint_bytes(std::uint64_t value) noexcept {
  return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7;
}

inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

}  // namespace oddity::wire
