#include "row/time_format.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <chrono>
#include <ios>
#include <locale>
#include <sstream>
#include <utility>

#include "base/error.hpp"

namespace oddity::formats {
namespace {

using std::chrono::minutes;
using std::chrono::nanoseconds;

constexpr std::int64_t second = 1'000'000'000;  // ns
constexpr std::int64_t day = 24 * 3'600;        // s

/// 2016-11-28 13:45:56: its parts are all different, and its hour is one of the afternoon.
constexpr std::int64_t sample = 1'480'340'756;

/// date's own fraction has a fixed number of digits, which is read with the seconds.
std::string without_fraction_sign(std::string format) {
  constexpr std::string_view python = "%S.%f";
  for (std::size_t at = 0; (at = format.find(python, at)) != format.npos;)
    format.replace(at, python.size(), "%S");
  return format;
}

/// std::nullopt: a sign that is none.
std::optional<std::string> written(const std::string& format, std::int64_t time) {
  try {
    return date::format(std::locale::classic(), format, date::sys_seconds{std::chrono::seconds{time}});
  } catch (const std::ios_base::failure&) {
    return std::nullopt;
  }
}

bool is_utc(std::string_view zone) { return zone == "UTC" || zone == "GMT" || zone == "Z"; }

std::optional<ClockTime> parsed(const std::string& format, std::string_view text) {
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  date::fields<nanoseconds> fields;
  std::string zone;
  minutes ahead = minutes::min();
  date::from_stream(in, format.c_str(), fields, &zone, &ahead);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  if (!fields.ymd.ok() || !fields.tod.in_conventional_range()) return std::nullopt;
  const std::int64_t of_day = fields.tod.to_duration().count();
  const std::int64_t days = date::local_days{fields.ymd}.time_since_epoch().count();
  ClockTime clock{days * day + of_day / second, of_day % second, std::nullopt};
  if (ahead != minutes::min()) {
    if (std::chrono::abs(ahead) >= std::chrono::hours(24)) return std::nullopt;
    clock.offset = std::int64_t{ahead.count()} * 60;
  } else if (!zone.empty()) {
    if (!is_utc(zone)) return std::nullopt;
    clock.offset = 0;
  }
  return clock;
}

Error no_format(const std::string& format, const char* expected) {
  return Error({"option '--time-format'", expected, "'" + format + "'", ""});
}

}  // namespace

TimeFormat::TimeFormat(std::string format) : format_(without_fraction_sign(format)) {
  if (format.find("%I") != format.npos && format.find("%p") == format.npos)
    throw no_format(format, "%p beside %I, such as '%m/%d/%Y %I:%M %p'");
  const std::optional<std::string> shown = written(format_, sample);
  const std::optional<ClockTime> read = shown ? parsed(format_, *shown) : std::nullopt;
  if (!read || read->seconds / day != sample / day)
    throw no_format(format, "the signs of a year, a month and a day, such as '%d/%m/%Y %H:%M:%S'");
  text_ = fmt::format("'{}', as {}", format, *shown);
}

std::optional<ClockTime> TimeFormat::read(std::string_view text) const { return parsed(format_, text); }

}  // namespace oddity::formats
