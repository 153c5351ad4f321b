// How likely a CUSUM stands as high where nothing is wrong.
#pragma once

#include <algorithm>
#include <cmath>

#include "oddity/evaluation.hpp"

namespace oddity::plugins::cusum {

/// What the sums are walks of.
struct Walk {
  double reference;     ///< k, in standard deviations
  double inefficiency;  ///< how many samples in a row are worth one
  double samples;       ///< of which the history's mean and deviation were taken
};

/// P(sum >= height) of one side.
///
/// A sum that has run for long has the distribution of the largest value that a random walk of steps u − k ever
/// reaches (Lindley 1952, Proceedings of the Cambridge Philosophical Society 48, p. 277), and Siegmund (1979,
/// Advances in Applied Probability 11, p. 701; 1985, Sequential Analysis, chapter X) has that for normal u as
/// exp(−2 k h), h being the height and 0.583, by which a walk leaps over a height on average. A chart that has
/// run for less is lower.
///
/// The steps are in units of a history's mean and deviation, which err, in every step alike: by a mean error of
/// variance 1/n a walk drifts, and the mean of the above over all such errors is larger by the factor
/// exp((2 + 4 k²) h² / n). Beyond the height where both together begin to rise, p stays as it is: a history
/// that short may be wrong by all of k, and then any height is reached.
///
/// A sum below zero, which is held there, says little: p goes on evenly to 1, reached k below.
inline double tail(double height, const Walk& walk) noexcept {
  constexpr double leap = 0.583;
  const double k = walk.reference;
  const double n = walk.samples / walk.inefficiency;
  const double uncertain = (2 + 4 * k * k) / n;
  const double h = std::min((std::max(height, 0.0) + leap) / walk.inefficiency, k / uncertain);
  const double p = std::exp(-2 * k * h + uncertain * h * h);
  return height > 0 ? p : p + (1 - p) * std::min(-height / k, 1.0);
}

/// Of one side, that asked for; of both, that of the larger, as if they were independent: far out, where both
/// cannot be, they are as good as that.
inline double p_value(double above, double below, const Walk& walk, Direction direction) noexcept {
  if (direction == Direction::above) return tail(above, walk);
  if (direction == Direction::below) return tail(below, walk);
  const double one = tail(std::max(above, below), walk);
  return one * (2 - one);
}

}  // namespace oddity::plugins::cusum
