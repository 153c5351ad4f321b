// How odd a window is that lies apart from the history: the test gives the same p to all of these.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>

namespace oddity::plugins::ks {

/// By how much the largest fiftieth of ascending samples, two at least, lies above the next one below, on average; 0
/// where these are all the same.
inline double mean_excess_above(std::span<const double> sorted) noexcept {
  const std::size_t largest = std::max<std::size_t>(1, sorted.size() / 50);
  const double begin = sorted[sorted.size() - 1 - largest];
  const auto tail = sorted.last(largest);
  return std::accumulate(tail.begin(), tail.end(), 0.0,
                         [&](double sum, double sample) { return sum + (sample - begin); }) /
         static_cast<double>(largest);
}

/// The same for the smallest fiftieth, below the next one above.
inline double mean_excess_below(std::span<const double> sorted) noexcept {
  const std::size_t smallest = std::max<std::size_t>(1, sorted.size() / 50);
  const double begin = sorted[smallest];
  const auto tail = sorted.first(smallest);
  return std::accumulate(tail.begin(), tail.end(), 0.0,
                         [&](double sum, double sample) { return sum + (begin - sample); }) /
         static_cast<double>(smallest);
}

/// −log10 of `p`, and of the chance that a sample lies as far beyond the history as the nearest one of the window
/// does, if chances go on to fall as among the outermost fiftieth of the history: exponentially. What p says is a
/// rank, and beyond the first rank there is no further one. `history` (two at least) and `window`: ascending, and
/// apart. NaN where the history does not vary.
inline double strength_apart(double p, std::span<const double> history,
                             std::span<const double> window) noexcept {
  const bool above = window.front() > history.back();
  const double gap = above ? window.front() - history.back() : history.front() - window.back();
  double fall = above ? mean_excess_above(history) : mean_excess_below(history);
  if (!(fall > 0)) fall = history.back() - history.front();
  if (!(fall > 0)) return std::numeric_limits<double>::quiet_NaN();
  constexpr double strongest = 308;  // where doubles end
  return std::min(-std::log10(p), strongest) + std::min(gap / fall / std::log(10.0), strongest);
}

}  // namespace oddity::plugins::ks
