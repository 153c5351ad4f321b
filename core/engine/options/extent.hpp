// How long something lasts: a time, or a number of what comes one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "options/parse.hpp"

namespace oddity::options {

/// '30m' is a time of the data, '20' a number (of windows, or of points where windows are made of them), '0'
/// nothing at all. Text in options, as one word has to take either.
struct Extent {
  std::int64_t number = 0;
  std::int64_t time = 0;  ///< ns; one of the two is 0

  static constexpr const char* form = "a time such as '30m' or a number such as '20'";

  static std::optional<Extent> parse(std::string_view text) {
    if (const auto number = parse_integer(text)) return *number < 0 ? std::nullopt : of_number(*number);
    const auto time = parse_duration(text);
    return time && *time >= 0 ? std::optional(Extent{0, *time}) : std::nullopt;
  }
  std::string text() const { return time != 0 ? print_duration(time) : std::to_string(number); }

  bool none() const noexcept { return number == 0 && time == 0; }
  /// Whether so many windows, which took so long, are less than that.
  bool exceeds(std::int64_t count, std::int64_t elapsed) const noexcept {
    return time != 0 ? elapsed < time : count < number;
  }

 private:
  static std::optional<Extent> of_number(std::int64_t number) { return Extent{number, 0}; }
};

}  // namespace oddity::options
