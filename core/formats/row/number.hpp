// Numbers as files write them.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace oddity::replay {

/// The whole text as a finite double, with or without a sign; what lies too near 0 is 0. std::nullopt: no
/// number, NaN, infinite, or too large.
inline std::optional<double> parse_double(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (end != last || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range)
    value = std::strtod(std::string(text).c_str(), nullptr);  // tells 1e-400 from 1e400
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace oddity::replay
