// How odd a window is that lies apart from the history: the test gives the same p to all of these.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>

namespace oddity::plugins::ks {

/// By how much the outermost fiftieth of sorted samples, two at least, lies beyond the next one inwards, on average; 0 where
/// these are all the same. `outermost`: of the largest or of the smallest sample, going inwards.
template <class Samples>
double mean_excess(Samples outermost, std::size_t samples) noexcept {
  const std::size_t fiftieth = std::max<std::size_t>(1, samples / 50);
  const double begin = outermost[static_cast<std::ptrdiff_t>(fiftieth)];
  const auto inwards = outermost + static_cast<std::ptrdiff_t>(fiftieth);
  return std::accumulate(outermost, inwards, 0.0,
                         [&](double sum, double sample) { return sum + std::abs(sample - begin); }) /
         static_cast<double>(fiftieth);
}

/// −log10 of `p`, and of the chance that a sample lies as far beyond the history as the nearest one of the window
/// does, if chances go on to fall as among the outermost fiftieth of the history: exponentially. What p says is a
/// rank, and beyond the first rank there is no further one. `history` (two at least) and `window`: ascending, and
/// apart. NaN where the history does not vary.
inline double strength_apart(double p, std::span<const double> history,
                             std::span<const double> window) noexcept {
  const bool above = window.front() > history.back();
  const double gap = above ? window.front() - history.back() : history.front() - window.back();
  double fall =
      above ? mean_excess(history.rbegin(), history.size()) : mean_excess(history.begin(), history.size());
  if (!(fall > 0)) fall = history.back() - history.front();
  if (!(fall > 0)) return std::numeric_limits<double>::quiet_NaN();
  constexpr double strongest = 308;  // where doubles end
  return std::min(-std::log10(p), strongest) + std::min(gap / fall / std::log(10.0), strongest);
}

}  // namespace oddity::plugins::ks
