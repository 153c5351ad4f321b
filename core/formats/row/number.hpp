// Numbers as files write them.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "row/plain_number.hpp"

namespace oddity::formats {

/// The whole text as a finite double, with or without a sign; what is too close to 0 is 0. std::nullopt: no
/// number, NaN, infinite, or too large.
inline std::optional<double> parse_double(std::string_view text) {
  PlainDecimal plain;
  if (const char* at = text.data();
      plain.take(at, text.data() + text.size()) && at == text.data() + text.size())
    return plain.value();
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (end != last || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range)
    value = std::strtod(std::string(text).c_str(), nullptr);  // distinguishes 1e-400 from 1e400
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// The same with a comma before the fraction: "20,5".
inline std::optional<double> parse_double_with_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find_first_of(".,", comma + 1) != std::string_view::npos ||
      text.find('.') < comma)
    return std::nullopt;
  std::string point(text);
  point[comma] = '.';
  return parse_double(point);
}

/// What programs write where there is no value: nothing, NaN, NA, null and the like, in any case.
inline bool means_missing(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 12> words{"",     "nan", "-nan", "na",      "n/a", "#n/a",
                                                   "null", "nil", "none", "missing", "-",   "?"};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.size() == text.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char a, char b) { return a == lower(b); });
  });
}

}  // namespace oddity::formats
