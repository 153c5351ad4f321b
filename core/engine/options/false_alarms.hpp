// How many false alarms somebody is willing to have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "options/parse.hpp"

namespace oddity::options {

/// '1/7d': one in seven days of the data's time, for each series.
struct FalseAlarms {
  double count = 0;       ///< 0: nothing is promised
  std::int64_t time = 0;  ///< ns

  static constexpr std::string_view nothing = "none";
  static constexpr const char* form = "a number of alarms in a time, such as '1/7d'";

  static std::optional<FalseAlarms> parse(std::string_view text) {
    if (text == nothing) return FalseAlarms{};
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto count = parse_number(text.substr(0, slash));
    const auto time = parse_duration(text.substr(slash + 1));
    if (!count || !time || *count <= 0 || *time <= 0) return std::nullopt;
    return FalseAlarms{*count, *time};
  }
  std::string text() const {
    return promised() ? print_number(count) + "/" + print_duration(time) : std::string(nothing);
  }

  bool promised() const noexcept { return count != 0; }
  /// The chance that a window may have of being called anomalous without reason, where one comes every
  /// `spacing` ns.
  double share_of_windows(double spacing) const noexcept {
    return count * spacing / static_cast<double>(time);
  }
};

/// What detectors that calibrate themselves promise where nobody asks for anything: a false alarm a week.
inline constexpr FalseAlarms usual_promise{1, std::int64_t{7} * 24 * 3600 * 1'000'000'000};

}  // namespace oddity::options
