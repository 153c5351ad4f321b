#include "row/time_format.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <utility>

#include "base/error.hpp"

namespace oddity::formats {
namespace {

constexpr std::int64_t seconds_a_day = 24 * 3'600;
constexpr long no_offset = std::numeric_limits<long>::min();

/// 2016-11-28 13:45:56: its parts are all different, and its hour is one of the afternoon.
constexpr std::time_t sample = 1'480'340'756;

/// strptime has none for a fraction, which is read with the seconds.
std::string without_fraction_sign(std::string format) {
  constexpr std::string_view python = "%S.%f";
  for (std::size_t at = 0; (at = format.find(python, at)) != format.npos;)
    format.replace(at, python.size(), "%S");
  return format;
}

std::string written(const std::string& format, std::time_t time) {
  std::tm parts{};
  std::array<char, 256> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format.c_str(), ::gmtime_r(&time, &parts))};
}

std::tm no_time() {
  std::tm parts{};
  parts.tm_gmtoff = no_offset;
  return parts;
}

/// How much of the text is read by the first `signs` characters of the format; npos: it is not of that form.
std::size_t end_of(const std::string& format, std::size_t signs, const std::string& text) {
  std::tm parts = no_time();
  const char* const end = ::strptime(text.c_str(), format.substr(0, signs).c_str(), &parts);
  return end == nullptr ? text.npos : static_cast<std::size_t>(end - text.c_str());
}

/// Behind the sign of the seconds; npos: it has none.
std::size_t end_of_seconds(const std::string& format) {
  for (const std::string_view sign : {"%S", "%T", "%X"}) {
    if (const std::size_t at = format.find(sign); at != format.npos) return at + sign.size();
  }
  return format.npos;
}

/// Takes the fraction of the seconds, in ns, out of the text; digits beyond ns say nothing.
std::int64_t take_fraction(const std::string& format, std::string& text) {
  const std::size_t behind = end_of_seconds(format);
  const std::size_t mark = behind == format.npos ? text.npos : end_of(format, behind, text);
  if (mark >= text.size() || (text[mark] != '.' && text[mark] != ',')) return 0;
  if (behind < format.size() && format[behind] == text[mark]) return 0;  // something else comes there
  const std::size_t end = std::min(text.find_first_not_of("0123456789", mark + 1), text.size());
  if (end == mark + 1) return 0;
  std::int64_t fraction = 0;
  for (std::size_t digit = mark + 1; digit < mark + 10; ++digit)
    fraction = fraction * 10 + (digit < end ? text[digit] - '0' : 0);
  text.erase(mark, end - mark);
  return fraction;
}

/// Takes the name of a zone, over which strptime passes, out of text and format. False: it is not UTC.
bool take_utc(std::string& format, std::string& text) {
  const std::size_t sign = format.find("%Z");
  const std::size_t at = end_of(format, sign, text);
  if (at == text.npos) return false;
  for (const std::string_view name : {"UTC", "GMT", "Z"}) {
    if (text.compare(at, name.size(), name) != 0) continue;
    text.erase(at, name.size());
    format.erase(sign, 2);
    return true;
  }
  return false;
}

std::optional<ClockTime> parsed(std::string format, std::string text) {
  const bool is_utc = format.find("%Z") != format.npos;
  if (is_utc && !take_utc(format, text)) return std::nullopt;
  const std::int64_t nanoseconds = take_fraction(format, text);
  std::tm parts = no_time();
  const char* const end = ::strptime(text.c_str(), format.c_str(), &parts);
  if (end == nullptr || end != text.c_str() + text.size() || parts.tm_sec > 59) return std::nullopt;
  const date::year_month_day calendar{date::year(parts.tm_year + 1900),
                                      date::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                      date::day(static_cast<unsigned>(parts.tm_mday))};
  if (!calendar.ok()) return std::nullopt;
  const std::int64_t days = date::local_days{calendar}.time_since_epoch().count();
  const std::int64_t of_day = (std::int64_t{parts.tm_hour} * 60 + parts.tm_min) * 60 + parts.tm_sec;
  ClockTime clock{days * seconds_a_day + of_day, nanoseconds, std::nullopt};
  if (is_utc) clock.offset = 0;
  if (parts.tm_gmtoff != no_offset) clock.offset = parts.tm_gmtoff;
  return std::abs(clock.offset.value_or(0)) < seconds_a_day ? std::optional(clock) : std::nullopt;
}

Error no_format(const std::string& format, const char* expected) {
  return Error({"option '--time-format'", expected, "'" + format + "'", ""});
}

}  // namespace

TimeFormat::TimeFormat(std::string format) : format_(without_fraction_sign(format)) {
  if (format.find("%I") != format.npos && format.find("%p") == format.npos)
    throw no_format(format, "%p beside %I, such as '%m/%d/%Y %I:%M %p'");
  if (format.find("%s") != format.npos)  // which strptime reads by the zone of the machine
    throw no_format(format, "no %s: numbers since 1970 are read without a format, by --precision");
  const std::string shown = written(format_, sample);
  const std::optional<ClockTime> read = parsed(format_, shown);
  if (!read || read->seconds / seconds_a_day != sample / seconds_a_day)
    throw no_format(format, "the signs of a year, a month and a day, such as '%d/%m/%Y %H:%M:%S'");
  text_ = fmt::format("'{}', as {}", format, shown);
}

std::optional<ClockTime> TimeFormat::read(std::string_view text) const {
  if (text.find('\0') != text.npos) return std::nullopt;
  return parsed(format_, std::string(text));
}

}  // namespace oddity::formats
