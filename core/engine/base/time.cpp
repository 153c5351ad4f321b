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

bool take_zone(std::string_view& text, int& minutes) {
  if (text.empty() || take(text, "Zz")) return text.empty();
  const int sign = text[0] == '-' ? -1 : 1;
  int hours = 0;
  int rest = 0;
  if (!take(text, "+-") || !take_number(text, 2, hours) || !take(text, ":") || !take_number(text, 2, rest))
    return false;
  minutes = sign * (hours * 60 + rest);
  return text.empty() && hours < 24 && rest < 60;
}

}  // namespace

std::string format_time(std::int64_t nanoseconds) {
  // Split before chrono sees it: the begin of the earliest day lies before what 64 bits of nanoseconds reach.
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

std::optional<std::int64_t> parse_time(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0;
  std::int64_t fraction = 0;
  if (!take_number(text, 4, year) || !take(text, "-") || !take_number(text, 2, month) || !take(text, "-") ||
      !take_number(text, 2, day) || !take(text, "Tt ") || !take_number(text, 2, hour) || !take(text, ":") ||
      !take_number(text, 2, minute) || !take(text, ":") || !take_number(text, 2, second) ||
      !take_fraction(text, fraction) || !take_zone(text, zone)) {
    return std::nullopt;
  }
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t seconds = std::int64_t{chrono::sys_days(date).time_since_epoch().count()} * 86'400 +
                               hour * 3'600 + minute * 60 + second - zone * 60;
  const __int128 nanoseconds = static_cast<__int128>(seconds) * 1'000'000'000 + fraction;
  if (nanoseconds != static_cast<std::int64_t>(nanoseconds)) return std::nullopt;
  return static_cast<std::int64_t>(nanoseconds);
}

}  // namespace oddity
