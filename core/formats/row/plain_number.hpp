// Numbers as nearly all files write them, -12.5 and 1451606400000000000, read in a few steps each. What is written
// otherwise is for the readers of number.hpp and std::from_chars, which give the same for these.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

namespace oddity::formats {

/// The number that eight bytes at `digits` write, or a value above 99 999 999 where one of them is no digit.
inline std::uint64_t eight_digits(const char* digits) noexcept {
  constexpr std::uint64_t no_digits = ~std::uint64_t{0};
  if constexpr (std::endian::native == std::endian::little) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, digits, sizeof bytes);
    // A byte is a digit when its high half is 3, and stays 3 when 6 is added.
    constexpr std::uint64_t high_halves = 0xf0f0f0f0f0f0f0f0;
    constexpr std::uint64_t zeros = 0x3030303030303030;
    constexpr std::uint64_t sixes = 0x0606060606060606;
    if ((bytes & high_halves) != zeros || ((bytes + sixes) & high_halves) != zeros) return no_digits;
    bytes -= zeros;
    // Neighbours are joined: digits to pairs, pairs to fours, fours to all eight; the first byte is the lowest.
    bytes = (bytes * 10 + (bytes >> 8)) & 0x00ff00ff00ff00ff;
    bytes = (bytes * 100 + (bytes >> 16)) & 0x0000ffff0000ffff;
    return (bytes * 10'000 + (bytes >> 32)) & 0xffffffff;
  } else {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      const auto digit = static_cast<unsigned char>(digits[i] - '0');
      if (digit > 9) return no_digits;
      number = number * 10 + digit;
    }
    return number;
  }
}

/// The whole text as a number of at most 19 digits without a sign that fits 63 bits. std::nullopt: written
/// otherwise, or too large.
inline std::optional<std::int64_t> plain_whole(std::string_view text) noexcept {
  constexpr std::size_t most_digits = 19;
  constexpr std::uint64_t most_of_eight = 99'999'999;
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  std::uint64_t number = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 8; at += 8) {
    const std::uint64_t eight = eight_digits(at);
    if (eight > most_of_eight) return std::nullopt;
    number = number * 100'000'000 + eight;
  }
  for (; at != end; ++at) {
    const auto digit = static_cast<unsigned char>(*at - '0');
    if (digit > 9) return std::nullopt;
    number = number * 10 + digit;
  }
  if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

/// A decimal of at most 15 digits, with a minus or without, with a point between digits or without.
///
/// Its digits as a whole number, and the power of ten that they are divided by, are both exact as doubles, so that
/// the one rounding of their quotient gives the double nearest to what is written: the same as std::from_chars.
class PlainDecimal {
 public:
  /// Takes such a number off the front of [at, end). False: there is none, or its digits go on.
  bool take(const char*& at, const char* end) noexcept {
    const char* next = at;
    negative_ = next != end && *next == '-';
    next += negative_ ? 1 : 0;
    digits_ = 0;
    const char* const begin = next;
    take_digits(next, end);
    const auto before = next - begin;
    decimals_ = 0;
    if (before == 0 || before > most_digits) return false;
    if (next != end && *next == '.') {
      const char* const point = next++;
      take_digits(next, end);
      const auto after = next - point - 1;
      if (after == 0 || before + after > most_digits) return false;
      decimals_ = static_cast<std::size_t>(after);
    }
    at = next;
    return true;
  }
  double value() const noexcept {
    const double number = static_cast<double>(digits_) / powers[decimals_];
    return negative_ ? -number : number;
  }
  bool negative() const noexcept { return negative_; }
  bool is_whole() const noexcept { return decimals_ == 0; }

 private:
  static constexpr std::ptrdiff_t most_digits = 15;
  static constexpr std::array<double, most_digits> powers{1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};

  /// Of more than most_digits digits the number means nothing.
  void take_digits(const char*& at, const char* end) noexcept {
    for (; at != end; ++at) {
      const auto digit = static_cast<unsigned char>(*at - '0');
      if (digit > 9) return;
      digits_ = digits_ * 10 + digit;
    }
  }

  bool negative_ = false;
  std::uint64_t digits_ = 0;
  std::size_t decimals_ = 0;
};

}  // namespace oddity::formats
