#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>

#include "row/time_format.hpp"

namespace oddity::formats {
namespace {

/// As spreadsheets, logs and programs write dates, and the time of day behind them.
constexpr std::array dates = {"%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",    "%d/%m/%y",
                              "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y",    "%d %b %Y",
                              "%d-%b-%Y", "%d-%b-%y", "%b %d %Y", "%b %d, %Y",   "%Y%m%d",
                              "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%a, %d %b %Y"};
constexpr std::array clocks = {" %H:%M",        " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M:%S",
                               ", %I:%M:%S %p", "T%H:%M:%S", "T%H%M%S",   "_%H:%M:%S"};
constexpr std::array zones = {"", " %z", " %Z"};
constexpr std::array others = {"%d/%b/%Y:%H:%M:%S %z",  // of web servers
                               "%Y%m%d%H%M%S",
                               "%Y%m%d%H%M",
                               "%Y-%m-%d %H.%M.%S",
                               "%a %b %d %H:%M:%S %Y",
                               "%a %b %d %H:%M:%S %Z %Y",
                               "%H:%M:%S %d/%m/%Y",
                               "%H:%M:%S %m/%d/%Y"};

bool reads(const std::string& format, std::string_view text) {
  constexpr std::int64_t of_1900 = -2'208'988'800;  // s; a year of two digits, read as one of four, is before
  const std::optional<ClockTime> clock = TimeFormat(format).read(text);
  return clock && clock->seconds >= of_1900;
}

/// The first that reads the text, of those with this date; empty: none.
std::string format_with(std::string_view date, std::string_view text) {
  if (std::string alone(date); reads(alone, text)) return alone;
  for (const std::string_view clock : clocks) {
    for (const std::string_view zone : zones) {
      if (std::string format = fmt::format("{}{}{}", date, clock, zone); reads(format, text)) return format;
    }
  }
  return "";
}

}  // namespace

std::vector<std::string> likely_time_formats(std::string_view text) {
  constexpr std::size_t most = 2;
  std::vector<std::string> likely;
  const auto add = [&](const std::string& format) {
    if (!format.empty() && likely.size() < most) likely.push_back("'" + format + "'");
  };
  for (const std::string_view date : dates) add(format_with(date, text));
  for (const std::string_view other : others) add(reads(std::string(other), text) ? std::string(other) : "");
  return likely;
}

}  // namespace oddity::formats
