// Which fields of a row have a number.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace oddity::window {

/// A bit for each field, from the lowest on; those from the 64th on share one. Rows of one time that have no bit in common are parts
/// of one row, as exports write a line for each field.
inline std::uint64_t present_fields(std::span<const double> values) noexcept {
  std::uint64_t bits = 0;
  for (std::size_t field = 0; field < values.size(); ++field)
    bits |= std::uint64_t{std::isnan(values[field]) ? 0U : 1U} << std::min<std::size_t>(field, 63);
  return bits;
}

}  // namespace oddity::window
