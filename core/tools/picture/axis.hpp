// Where the marks of an axis stand and what is written at them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oddity::demo {

struct Mark {
  double at = 0;  ///< in the axis' own unit
  std::string text;
};

/// Multiples of 1, 2 or 5 times a power of ten inside [min, max], at most `count` of them and, if there is
/// room, at least two. Both finite, min < max.
std::vector<Mark> value_marks(double min, double max, std::size_t count);

struct TimeMark {
  std::int64_t at = 0;  ///< ns since 1970 UTC
  std::string text;
};

/// Round times inside [begin, end], at most `count` of them: seconds, minutes, hours, days or months, written
/// as 12:00:30, 12:00 or 2016-01-27; where hours are marked, midnight of a later day is its date.
std::vector<TimeMark> time_marks(std::int64_t begin, std::int64_t end, std::size_t count);

/// A time as briefly as an axis from `begin` to `end` leaves it clear: 12:05, or 01-27 12:05 where there are
/// several days, with seconds where the axis is shorter than an hour.
std::string brief_time(std::int64_t time, std::int64_t begin, std::int64_t end);

}  // namespace oddity::demo
