#include "row/unreadable_time.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/time.hpp"
#include "row/diagnostic.hpp"

namespace oddity::formats {
namespace {

constexpr std::string_view readable_times =
    "1454202300, 2016-01-31T01:05:00Z, 2016-01-31 01:05:00 or 31.01.2016 01:05";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// "03/01/2024" and "03-01-24": neither does it tell whether day or month comes first.
bool has_unknown_order(std::string_view text) {
  const std::size_t first_mark = text.find_first_of("/-");
  if (first_mark == 0 || first_mark > 2 || first_mark == std::string_view::npos) return false;
  const std::size_t second_mark = text.find(text[first_mark], first_mark + 1);
  return second_mark != std::string_view::npos && second_mark - first_mark >= 2 &&
         second_mark - first_mark <= 3 && is_digit(text.front()) && second_mark + 1 < text.size() &&
         is_digit(text[second_mark + 1]);
}

/// "01.03.24".
bool has_short_year(std::string_view text) {
  const std::size_t month_mark = text.find('.');
  const std::size_t year_mark =
      month_mark == std::string_view::npos ? month_mark : text.find('.', month_mark + 1);
  if (year_mark == std::string_view::npos || month_mark > 2 || year_mark - month_mark > 3) return false;
  const std::string_view rest = text.substr(year_mark + 1);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  return end - rest.begin() == 2;
}

/// "CET" of "2024-03-01 10:00 CET".
std::string_view unknown_zone(std::string_view text) {
  std::size_t begin = text.size();
  while (begin != 0 && is_letter(text[begin - 1])) --begin;
  std::string_view clock = text.substr(0, begin);
  if (begin == text.size() || !clock.ends_with(' ')) return {};
  while (clock.ends_with(' ')) clock.remove_suffix(1);
  return parse_clock(clock) ? text.substr(begin) : std::string_view();
}

/// In brackets, where what was written is a time for people.
std::string why_no_time(std::string_view text, const std::vector<std::string>& formats) {
  if (formats.size() > 1)
    return fmt::format(" (is the day or the month first? --time-format {} reads it)",
                       fmt::join(formats, " or "));
  if (!formats.empty()) return fmt::format(" (--time-format {} reads it)", formats.front());
  if (has_unknown_order(text)) return " (is the day or the month first? Begin with the year)";
  if (has_short_year(text)) return " (its year needs four digits)";
  const std::string_view zone = unknown_zone(text);
  if (zone == "AM" || zone == "PM") return " (its hour has to be one of 24)";
  if (!zone.empty())
    return fmt::format(
        " (zones are written Z, UTC, GMT or +01:00; without '{}' it is of UTC, or of --timezone)", zone);
  if (!text.empty() && is_letter(text.front()) && text.find(',') == 3)
    return " (its month has to be a number, and its year to come first)";
  return "";
}

}  // namespace

std::string unreadable_time(std::string_view text, const std::vector<std::string>& formats) {
  return fmt::format("expected a time, as {}, got {}{}", readable_times,
                     text.empty() ? "none" : "'" + excerpt(text) + "'", why_no_time(text, formats));
}

}  // namespace oddity::formats
