// How often a window in which nothing happened is anomalous.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calibration/judge.hpp"
#include "calibration/noise.hpp"
#include "calibration/share.hpp"

namespace oddity::calibration {

/// Windows that pass before those that count: from then on a series is not young at an alpha of 0.001.
inline constexpr int unscored_windows = 1000;

/// One cell of a table.
struct Rate {
  NamedNoise noise;
  int rows;
  Setting setting;
  std::int64_t windows;  ///< that count, of each series
  int series = 1;
  int unscored = unscored_windows;
  Share share{};

  double alpha() const { return std::stod(setting.alpha); }
};

/// 100 000 windows of ttest and zscore, 30 000 of ks, of which 5000 where they have 300 rows; a fifth of these with
/// a larger alpha, which needs fewer; times `factor`.
std::vector<Rate> long_series(double factor);
/// The first thousand windows of many series.
std::vector<Rate> young_series(double factor);

/// Fills `share`.
void measure(Rate& rate);

}  // namespace oddity::calibration
