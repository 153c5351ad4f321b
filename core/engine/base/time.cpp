#include "base/time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace oddity {
namespace {

namespace chrono = std::chrono;

/// Takes a number of exactly `digits` digits off the front.
bool take_number(std::string_view& text, std::size_t digits, int& number) {
  if (text.size() < digits || text[0] == '-') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc() || end != text.data() + digits) return false;
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// ".5" as nanoseconds; digits beyond the ninth are dropped.
bool take_fraction(std::string_view& text, std::int64_t& nanoseconds) {
  if (!take(text, ".,")) return true;
  std::int64_t unit = 100'000'000;
  bool any = false;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10, any = true) {
    nanoseconds += (text[0] - '0') * unit;
  }
  return any;
}

/// "2016-01-31", "2016/01/31", or "31.01.2016".
bool take_date(std::string_view& text, std::int64_t& days) {
  int year = 0, month = 0, day = 0;
  if (text.size() > 2 && text[2] == '.') {
    if (!take_number(text, 2, day) || !take(text, ".") || !take_number(text, 2, month) || !take(text, ".") ||
        !take_number(text, 4, year))
      return false;
  } else {
    const std::string_view dash = text.size() > 4 && text[4] == '/' ? "/" : "-";
    if (!take_number(text, 4, year) || !take(text, dash) || !take_number(text, 2, month) ||
        !take(text, dash) || !take_number(text, 2, day))
      return false;
  }
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return false;
  days = chrono::sys_days(date).time_since_epoch().count();
  return true;
}

/// "01:05", "01:05:00", "01:05:00.5".
bool take_time_of_day(std::string_view& text, ClockTime& time) {
  int hour = 0, minute = 0, second = 0;
  if (!take_number(text, 2, hour) || !take(text, ":") || !take_number(text, 2, minute)) return false;
  if (take(text, ":") && (!take_number(text, 2, second) || !take_fraction(text, time.nanoseconds)))
    return false;
  time.seconds += hour * 3'600 + minute * 60 + second;
  return hour <= 23 && minute <= 59 && second <= 59;
}

bool take_zone(std::string_view& text, std::optional<std::int64_t>& offset) {
  const bool apart = take(text, " ");
  if (text.empty()) return !apart;
  if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") {
    offset = 0;
    return true;
  }
  const int sign = text[0] == '-' ? -1 : 1;
  int hours = 0, minutes = 0;
  if (!take(text, "+-") || !take_number(text, 2, hours)) return false;
  const bool colon = take(text, ":");
  if ((colon || !text.empty()) && !take_number(text, 2, minutes)) return false;
  offset = sign * (hours * 3'600 + minutes * 60);
  return text.empty() && hours < 24 && minutes < 60;
}

}  // namespace

std::string format_time(std::int64_t nanoseconds) {
  // Split by hand: the start of the earliest day lies before the range of 64 bits of nanoseconds.
  constexpr std::int64_t second = 1'000'000'000;
  const std::int64_t fraction = (nanoseconds % second + second) % second;
  const chrono::sys_seconds time{chrono::seconds(nanoseconds / second - (nanoseconds % second < 0 ? 1 : 0))};
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(time - day);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (fraction % 1'000 != 0) {
    text += fmt::format(".{:09}", fraction);
  } else if (fraction % 1'000'000 != 0) {
    text += fmt::format(".{:06}", fraction / 1'000);
  } else if (fraction != 0) {
    text += fmt::format(".{:03}", fraction / 1'000'000);
  }
  return text + "Z";
}

std::optional<std::int64_t> ClockTime::utc(std::int64_t ahead) const noexcept {
  const __int128 since = (static_cast<__int128>(seconds) - ahead) * 1'000'000'000 + nanoseconds;
  if (since != static_cast<std::int64_t>(since)) return std::nullopt;
  return static_cast<std::int64_t>(since);
}

std::optional<ClockTime> parse_clock(std::string_view text) {
  ClockTime time;
  std::int64_t days = 0;
  if (!take_date(text, days)) return std::nullopt;
  time.seconds = days * 86'400;
  if (text.empty()) return time;
  if (!take(text, "Tt ") || !take_time_of_day(text, time) || !take_zone(text, time.offset))
    return std::nullopt;
  return time;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto time = parse_clock(text);
  return time ? time->utc(time->offset.value_or(0)) : std::nullopt;
}

}  // namespace oddity
