// Sums and differences of times that stay within what 64 bits hold.
#pragma once

#include <cstdint>
#include <limits>

namespace oddity::window {

/// Saturating: times at the ends of what 64 bits hold stay there.
inline std::int64_t plus(std::int64_t a, std::int64_t b) noexcept {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

/// From one time to another; the same at the ends.
inline std::int64_t elapsed(std::int64_t from, std::int64_t to) noexcept {
  std::int64_t difference = 0;
  if (!__builtin_sub_overflow(to, from, &difference)) return difference;
  return to > from ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

}  // namespace oddity::window
