#include "calibration/rates.hpp"

#include <algorithm>
#include <cmath>

namespace oddity::calibration {
namespace {

/// A history of 300 rows a window has to be longer, to hold a number of windows.
int size_for(int rows) { return rows < 300 ? 2000 : 10'000; }

std::int64_t times(double factor, double windows) {
  return std::max<std::int64_t>(1, std::llround(factor * windows));
}

/// A ks of 300 rows takes a millisecond.
double windows_of(std::string_view detector, int rows, std::string_view alpha) {
  double windows = 100'000;
  if (detector == "ks") windows = rows < 300 ? 30'000 : 5'000;
  return alpha == "0.001" ? windows : windows / 5;
}

void add_rates(std::vector<Rate>& rates, const Rate& like) {
  for (const NamedNoise& noise : noises) {
    Rate rate = like;
    rate.noise = noise;
    rates.push_back(rate);
  }
}

}  // namespace

std::vector<Rate> long_series(double factor) {
  const int unscored = static_cast<int>(times(std::min(1.0, factor), unscored_windows));
  std::vector<Rate> rates;
  // The longest first, so that no processor has nothing to do in the end.
  for (const int rows : {300, 20, 6}) {
    for (const std::string_view detector : {"ks", "zscore", "ttest"}) {
      for (const std::string_view alpha : {"0.001", "0.01", "0.05"}) {
        for (const Treatment& treatment : {none, own, own_adjust, none_adjust}) {
          if (treatment.name == none_adjust.name && (alpha != "0.001" || rows != 20)) continue;
          add_rates(rates, {.noise = noises[0],
                            .rows = rows,
                            .setting = {detector, treatment, std::string(alpha), size_for(rows)},
                            .windows = times(factor, windows_of(detector, rows, alpha)),
                            .unscored = unscored});
        }
      }
    }
  }
  return rates;
}

std::vector<Rate> young_series(double factor) {
  std::vector<Rate> rates;
  for (const std::string_view detector : {"ks", "zscore", "ttest"}) {
    for (const Treatment& treatment : {none, own, own_adjust}) {
      add_rates(rates, {.noise = noises[0],
                        .rows = 20,
                        .setting = {detector, treatment, "0.001", size_for(20)},
                        .windows = times(std::min(1.0, factor), unscored_windows),
                        .series = static_cast<int>(times(factor, detector == "ks" ? 50 : 100)),
                        .unscored = 0});
    }
  }
  return rates;
}

void measure(Rate& rate) {
  Judge judge(rate.setting);
  std::vector<double> window(static_cast<std::size_t>(rate.rows));
  for (int series = 0; series < rate.series; ++series) {
    Noise noise(rate.noise.kind, static_cast<std::uint64_t>(series) + 1);
    const std::string group = std::to_string(series);
    for (std::int64_t i = -rate.unscored; i < rate.windows; ++i) {
      for (double& value : window) value = noise.next();
      const Judgement& judgement = judge.judge(group, window);
      if (i >= 0 && judgement.judged) rate.share.add(judgement.anomalous);
    }
  }
}

}  // namespace oddity::calibration
