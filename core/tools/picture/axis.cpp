#include "picture/axis.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/time.hpp"

namespace oddity::demo {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

constexpr std::int64_t steps[] = {second,     2 * second, 5 * second,  10 * second, 30 * second, minute,
                                  2 * minute, 5 * minute, 10 * minute, 30 * minute, hour,        2 * hour,
                                  3 * hour,   6 * hour,   12 * hour,   day,         2 * day,     3 * day,
                                  7 * day,    14 * day,   30 * day,    90 * day,    365 * day};

/// The span in unsigned arithmetic: it may be longer than half of all time.
std::uint64_t span(std::int64_t begin, std::int64_t end) {
  return static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(begin);
}

std::int64_t step_for(std::int64_t begin, std::int64_t end, std::size_t count) {
  for (const std::int64_t step : steps) {
    if (span(begin, end) / static_cast<std::uint64_t>(step) < count) return step;
  }
  return static_cast<std::int64_t>(span(begin, end) / count) / day * day + day;
}

std::string mark_text(std::int64_t at, std::int64_t begin, std::int64_t step) {
  const std::string text = format_time(at);  // 2016-01-01T00:00:00Z
  if (step >= day) return text.substr(0, 10);
  if (at % day == 0 && at - begin >= hour) return text.substr(5, 5);
  return text.substr(11, step >= minute ? 5 : 8);
}

}  // namespace

std::vector<Mark> value_marks(double min, double max, std::size_t count) {
  // max - min may overflow.
  const double rough = (max / static_cast<double>(count)) - (min / static_cast<double>(count));
  double step = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (factor * step >= rough) {
      step *= factor;
      break;
    }
  }
  std::vector<Mark> marks;
  const double first = std::ceil(min / step);
  for (double k = first; k * step <= max && k - first < static_cast<double>(count); ++k) {
    marks.push_back({k * step, fmt::format("{:.6g}", k * step + 0.0)});
  }
  return marks;
}

std::vector<TimeMark> time_marks(std::int64_t begin, std::int64_t end, std::size_t count) {
  const std::int64_t step = step_for(begin, end, count);
  const std::int64_t past = (begin % step + step) % step;
  std::vector<TimeMark> marks;
  std::int64_t at = begin;
  if (past != 0 && __builtin_add_overflow(begin, step - past, &at)) return marks;
  while (at <= end) {
    marks.push_back({at, mark_text(at, begin, step)});
    if (__builtin_add_overflow(at, step, &at)) break;
  }
  return marks;
}

std::string brief_time(std::int64_t time, std::int64_t begin, std::int64_t end) {
  const std::string text = format_time(time);
  const std::string clock = text.substr(11, span(begin, end) < static_cast<std::uint64_t>(hour) ? 8 : 5);
  return span(begin, end) <= static_cast<std::uint64_t>(day + hour) ? clock : text.substr(5, 5) + " " + clock;
}

}  // namespace oddity::demo
