// Whether times that are numbers can be meant: a wrong unit puts those of today into 1970, or beyond 64 bits.
#pragma once

#include <cstdint>
#include <string>

#include "row/row.hpp"

namespace oddity::formats {

/// " s would make it 2024-03-01T06:41:00Z": the unit by which `count` of them since 1970 are a time from 1990 to 2100.
/// Empty: none is.
std::string better_unit(double count);

/// The same for a time, ns since 1970, that was read as so many `unit`.
std::string better_unit_of(std::int64_t time, Precision unit);

inline constexpr std::int64_t of_1990 = 631'152'000'000'000'000;  // ns
inline constexpr std::int64_t of_2100 = 4'102'444'800'000'000'000;

inline bool is_of_these_days(std::int64_t time) noexcept { return time >= of_1990 && time < of_2100; }
/// Whether it would be of these days if its unit were a thousand, a million or a billion times as long.
bool is_of_another_unit(std::int64_t time) noexcept;

/// A question about an input whose first and last row have these times, ns since 1970, that numbers of `unit` were read to.
/// Empty where they can be meant: either is from 1990 to 2100, or earlier than 1969, or times count from 0.
std::string doubt_about_times(std::int64_t first, std::int64_t last, Precision unit);

}  // namespace oddity::formats
