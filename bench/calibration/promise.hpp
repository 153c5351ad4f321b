// Whether falseAlarms keeps its word: alarms a week of series in which nothing happens.
#pragma once

#include <cstdint>
#include <vector>

#include "calibration/judge.hpp"
#include "calibration/noise.hpp"

namespace oddity::calibration {

struct Promise {
  NamedNoise noise;
  Setting setting;
  std::int64_t weeks;
  int rows = 6;                        ///< a minute, and a window
  std::int64_t alarms = 0;             ///< from the first window on
  std::int64_t in_the_first_week = 0;  ///< of those

  double alarms_a_week() const { return static_cast<double>(alarms) / static_cast<double>(weeks); }
};

/// '1/7d' for windows of a minute with 6 rows, over 50 weeks times `factor`.
std::vector<Promise> promises(double factor);
/// The same for detectors that calibrate themselves, which judge each row, one a minute, over 30 weeks times `factor`.
std::vector<Promise> promises_of_rows(double factor);
/// Fills the counts. `factor` below 1 takes that share of each week as well.
void measure(Promise& promise, double factor);

}  // namespace oddity::calibration
