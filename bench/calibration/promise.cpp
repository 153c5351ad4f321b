#include "calibration/promise.hpp"

#include <algorithm>
#include <cmath>

namespace oddity::calibration {

std::vector<Promise> promises(double factor) {
  constexpr double weeks = 50;
  std::vector<Promise> all;
  for (const std::string_view detector : {"ks", "zscore", "ttest"}) {
    for (const Treatment& treatment : {none, own, own_adjust}) {
      for (const NamedNoise& noise : noises)
        all.push_back({noise, {detector, treatment, "1/7d"}, std::llround(weeks * std::max(1.0, factor))});
    }
  }
  return all;
}

std::vector<Promise> promises_of_rows(double factor) {
  constexpr double weeks = 30;
  std::vector<Promise> all;
  for (const std::string_view detector : self_calibrating) {
    for (const NamedNoise& noise : all_noises)
      all.push_back({noise, {detector, own, "1/7d"}, std::llround(weeks * std::max(1.0, factor)), 1});
  }
  return all;
}

void measure(Promise& promise, double factor) {
  constexpr std::int64_t windows_a_week = 7 * std::int64_t{Noise::minutes_a_day};
  const auto windows =
      std::llround(std::min(1.0, factor) * static_cast<double>(promise.weeks * windows_a_week));
  Judge judge(promise.setting);
  Noise noise(promise.noise.kind, 1, promise.rows * Noise::minutes_a_day);
  std::vector<double> window(static_cast<std::size_t>(promise.rows));
  for (std::int64_t i = 0; i < windows; ++i) {
    for (double& value : window) value = noise.next();
    if (number_of(judge.judge("", window), "alarm") == 0) continue;
    ++promise.alarms;
    promise.in_the_first_week += i < windows_a_week ? 1 : 0;
  }
}

}  // namespace oddity::calibration
