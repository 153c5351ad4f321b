// The statistic and the p-value of the two-sample Kolmogorov-Smirnov test.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "oddity/sorted_window.hpp"
#include "oddity/tails.hpp"

namespace oddity::plugins::ks {

/// Largest distance between the empirical distribution functions of `history` and of `window` (sorted, not
/// empty), in [0, 1]. The window's function is flat between its values and the history's only rises, so the
/// largest distance lies at a value of the window or just before one: O(window · log history). Equal values
/// on both sides jump together.
inline double distance(const SortedWindow& history, std::span<const double> window) noexcept {
  const auto n = static_cast<double>(history.size());
  const auto m = static_cast<double>(window.size());
  double largest = 0;
  for (std::size_t at = 0; at < window.size();) {
    std::size_t behind = at;
    while (behind < window.size() && window[behind] == window[at]) ++behind;
    const double before =
        std::abs(static_cast<double>(history.count_below(window[at])) / n - static_cast<double>(at) / m);
    const double after =
        std::abs(static_cast<double>(history.count_up_to(window[at])) / n - static_cast<double>(behind) / m);
    largest = std::max({largest, before, after});
    at = behind;
  }
  return largest;
}

/// P(D >= d) for samples of n and m from one continuous distribution, exactly.
///
/// Of all orders of the n + m values, those whose path from (0, 0) to (n, m) leaves the band |i/n − j/m| < d
/// (Hodges 1957, Arkiv för Matematik 3, p. 473). The share of paths to a cell that have left is the mean of
/// its two neighbours', weighted by how many come from each; all terms are positive, so the smallest p keeps
/// its digits, which 1 − (share inside) would not. O(n · m) at most, only cells inside the band are visited.
inline double exact_p(double d, std::uint64_t n, std::uint64_t m) {
  if (n < m) std::swap(n, m);
  const std::uint64_t divisor = std::gcd(n, m);
  const auto step_n = static_cast<std::int64_t>(n / divisor);
  const auto step_m = static_cast<std::int64_t>(m / divisor);
  // d is a multiple of 1 / lcm(n, m); in these units the band is |i · step_m − j · step_n| < reach.
  const auto reach =
      static_cast<std::int64_t>(std::llround(d * static_cast<double>(step_n) * static_cast<double>(m)));
  if (reach <= 0) return 1;

  std::vector<double> left(m + 1,
                           1.0);  // share of paths that have left, along one i; outside the band all have
  const auto most_j = static_cast<std::int64_t>(m);
  for (std::int64_t i = 0; i <= static_cast<std::int64_t>(n); ++i) {
    // The first and the last j inside the band.
    const std::int64_t below = i * step_m - reach;
    const std::int64_t from = below < 0 ? 0 : below / step_n + 1;
    const std::int64_t to = std::min(most_j, (i * step_m + reach - 1) / step_n);
    double previous = from == 0 ? 0.0 : 1.0;  // of (i, j − 1); there is no j = −1, its weight is 0
    for (std::int64_t j = from; j <= to; ++j) {
      double& cell = left[static_cast<std::size_t>(j)];
      if (i + j == 0) {
        cell = 0;
      } else {
        cell =
            (static_cast<double>(i) * cell + static_cast<double>(j) * previous) / static_cast<double>(i + j);
      }
      previous = cell;
    }
  }
  return std::min(1.0, left[m]);
}

/// Exact while n · m is at most 4 million cells, beyond that the limiting distribution (Kolmogorov 1933;
/// Smirnov 1939).
inline double p_value(double d, std::size_t n, std::size_t m) {
  constexpr double most_cells = 4e6;
  const auto size_n = static_cast<double>(n);
  const auto size_m = static_cast<double>(m);
  if (size_n * size_m <= most_cells) return exact_p(d, n, m);
  return std::clamp(kolmogorov_above(std::sqrt(size_n * size_m / (size_n + size_m)) * d), 0.0, 1.0);
}

}  // namespace oddity::plugins::ks
