#include "row/time_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/time.hpp"
#include "row/diagnostic.hpp"
#include "row/number.hpp"
#include "row/plain_number.hpp"
#include "row/plausible_times.hpp"
#include "row/unreadable_time.hpp"

namespace oddity::formats {
namespace {

/// "-1700000000.25" of `unit` ns in ns, without the rounding of a double. std::nullopt: not of that form, or
/// it does not fit.
std::optional<std::int64_t> parse_fixed(std::string_view text, std::int64_t unit) {
  const bool negative = text.starts_with('-');
  const std::size_t point = text.find_first_of(".,");
  std::int64_t whole = 0;
  const char* const last = text.data() + std::min(point, text.size());
  const auto [end, error] = std::from_chars(text.data(), last, whole);
  if (end != last || error != std::errc() || __builtin_mul_overflow(whole, unit, &whole)) return std::nullopt;
  if (point == std::string_view::npos) return whole;
  std::int64_t fraction = 0;
  std::int64_t digit = unit;
  for (const char c : text.substr(point + 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    digit /= 10;
    fraction += (c - '0') * digit;
  }
  std::int64_t time = 0;
  return __builtin_add_overflow(whole, negative ? -fraction : fraction, &time) ? std::nullopt
                                                                               : std::optional(time);
}

/// "2024-03-01 09:00:00 +0100 CET", as Go prints times: beside its offset the zone's name says nothing.
std::optional<ClockTime> parse_clock_and_name(std::string_view text) {
  const std::size_t name = text.find_last_of(' ');
  if (name == std::string_view::npos || name + 1 == text.size()) return std::nullopt;
  const std::string_view zone = text.substr(name + 1);
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!std::all_of(zone.begin(), zone.end(), is_capital) || zone == "AM" || zone == "PM") return std::nullopt;
  const auto clock = parse_clock(text.substr(0, name));
  return clock && clock->offset ? clock : std::nullopt;
}

}  // namespace

TimeReader::TimeReader(Precision precision, const std::string& zone, const std::string& format)
    : precision_(precision), zone_name_(zone), unit_(precision) {
  if (!zone.empty()) zone_.emplace(zone);
  if (!format.empty()) format_.emplace(format);
}

/// std::nullopt: no number at all. Otherwise `time`, or none where the number, which is returned, does not fit.
std::optional<double> TimeReader::read_number(std::string_view text,
                                              std::optional<std::int64_t>& time) const {
  const auto unit = static_cast<std::int64_t>(unit_);
  time = parse_fixed(text, unit);
  if (time) return 0;
  auto number = parse_double(text);
  if (!number) number = parse_double_with_comma(text);
  if (!number) return std::nullopt;
  constexpr double max = 9.2e18;  // nearer to the ends of 64 bits only parse_fixed is exact
  const double rounded = std::round(*number * static_cast<double>(unit));
  if (std::abs(rounded) < max) time = static_cast<std::int64_t>(rounded);
  return number;
}

bool TimeReader::read(std::string_view text, std::int64_t& time, std::string& diagnostic) {
  if (format_) {
    if (const auto clock = format_->read(text)) return read_clock(*clock, text, time, diagnostic);
    diagnostic = fmt::format("expected a time as {} (--time-format), got {}", format_->text(), found(text));
    return false;
  }
  if (const auto whole = plain_whole(text);
      whole && !__builtin_mul_overflow(*whole, static_cast<std::int64_t>(unit_), &time))
    return true;
  std::optional<std::int64_t> fits;
  if (const std::optional<double> number = read_number(text, fits)) {
    time = fits.value_or(0);
    if (!fits) {
      const auto formats = offered_formats(text);
      diagnostic = fmt::format("expected a time that fits 64 bits of nanoseconds, got {} ({})", excerpt(text),
                               formats.empty() ? "is --precision right?" + better_unit(*number)
                                               : fmt::format("--time-format {} reads it", formats.front()));
    }
    return fits.has_value();
  }
  auto clock = parse_clock(text);
  if (!clock) clock = parse_clock_and_name(text);
  if (clock) return read_clock(*clock, text, time, diagnostic);
  diagnostic = unreadable_time(text, offered_formats(text));
  return false;
}

std::vector<std::string> TimeReader::offered_formats(std::string_view text) {
  return offers_ > 0 && offers_-- > 0 ? likely_time_formats(text) : std::vector<std::string>();
}

bool TimeReader::read_clock(const ClockTime& clock, std::string_view text, std::int64_t& time,
                            std::string& diagnostic) {
  std::int64_t ahead = clock.offset.value_or(0);
  if (!clock.offset && zone_) {
    const LocalTimes::Utc utc = zone_->utc(clock.seconds);
    ahead = utc.ahead;
    if (utc.kind == LocalTimes::Kind::never) {
      diagnostic = fmt::format("expected a time of {}, got '{}', which its clocks leave out", zone_name_,
                               excerpt(text));
      return false;
    }
    if (utc.kind == LocalTimes::Kind::twice && ++twice_ == 1) first_twice_ = text;
  }
  const auto utc = clock.utc(ahead);
  if (!utc) {
    diagnostic = fmt::format("expected a time from 1677 to 2262, got '{}'", excerpt(text));
    return false;
  }
  time = *utc;
  ++clocks_;
  return true;
}

}  // namespace oddity::formats
