#include "row/plausible_times.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "row/time_format.hpp"

namespace oddity::formats {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day = 24 * 3'600 * second;
constexpr std::int64_t year = 365 * day;

constexpr std::pair<std::string_view, Precision> units[] = {
    {"s", Precision::s}, {"ms", Precision::ms}, {"us", Precision::us}, {"ns", Precision::ns}};

std::string_view name_of(Precision unit) {
  for (const auto& [name, one] : units) {
    if (one == unit) return name;
  }
  return unit == Precision::m ? "m" : "h";
}

double count_of(std::int64_t time, Precision unit) {
  return static_cast<double>(time) / static_cast<double>(static_cast<std::int64_t>(unit));
}

bool can_be_meant(std::int64_t time, Precision unit) {
  constexpr double counts_from_zero = 1000;
  return is_of_these_days(time) || time <= -year || std::abs(count_of(time, unit)) < counts_from_zero;
}

/// 45352.5, as spreadsheets count days: noon of 2024-03-01. 0: no such number.
std::int64_t of_spreadsheet(double days) {
  constexpr double of_1970 = 25'569;
  constexpr double last = 73'050;  // 2099-12-31
  if (days < of_1970 || days > last + 1) return 0;
  return static_cast<std::int64_t>((days - of_1970) * static_cast<double>(day));
}

/// "2024-03-01" of 20240301, "2024-03-01 23:00:05" of 20240301230005; empty: no such number.
std::string of_digits(double count) {
  if (count != std::floor(count) || count < 19'000'101 || count > 21'001'231'235'959) return "";
  std::string text = fmt::format("{:.0f}", count);
  if (text.size() != 8 && text.size() != 12 && text.size() != 14) return "";
  if (text.size() == 14) text.insert(12, ":");
  if (text.size() > 8) text.insert(10, ":").insert(8, " ");
  text.insert(6, "-").insert(4, "-");
  return (text.starts_with("19") || text.starts_with("20")) && parse_clock(text) ? text : "";
}

std::string what_it_may_be(double first, double last) {
  if (const std::string better = better_unit(first); !better.empty()) return better;
  if (const std::int64_t time = of_spreadsheet(first); time != 0 && of_spreadsheet(last) != 0)
    return fmt::format(" As a spreadsheet counts days it would be {}: have it write dates",
                       format_time(time / second * second));
  if (const std::string date = of_digits(first); !date.empty() && !of_digits(last).empty())
    return fmt::format(
        " Where {} is meant, it has to be written so; of CSV replay reads it by --time-format {}", date,
        fmt::join(likely_time_formats(fmt::format("{:.0f}", first)), ""));
  return "";
}

}  // namespace

std::string better_unit(double count) {
  for (const auto& [name, unit] : units) {
    const double time = count * static_cast<double>(static_cast<std::int64_t>(unit));
    if (time >= static_cast<double>(of_1990) && time < static_cast<double>(of_2100))
      return fmt::format(" {} would make it {}", name,
                         format_time(static_cast<std::int64_t>(time) / second * second));
  }
  return "";
}

std::string better_unit_of(std::int64_t time, Precision unit) { return better_unit(count_of(time, unit)); }

bool is_of_another_unit(std::int64_t time) noexcept {
  for (const std::int64_t longer : {1'000, 1'000'000, 1'000'000'000})
    if (time >= of_1990 / longer && time < of_2100 / longer) return true;
  return false;
}

std::string doubt_about_times(std::int64_t first, std::int64_t last, Precision unit) {
  if (can_be_meant(first, unit) || can_be_meant(last, unit)) return "";
  const std::string_view name = name_of(unit);
  const double count = count_of(first, unit);
  const std::string number =
      count == std::floor(count) ? fmt::format("{:.0f}", count) : fmt::format("{}", count);
  const std::string found = first < year ? fmt::format("{} {} after 1970 began", number, name)
                                         : fmt::format("{}, {} {}", format_time(first), number, name);
  return fmt::format("the first time is {}: is --precision {} right?{}", found, name,
                     what_it_may_be(count, count_of(last, unit)));
}

}  // namespace oddity::formats
