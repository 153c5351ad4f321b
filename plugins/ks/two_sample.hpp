// The statistic and the p-value of the two-sample Kolmogorov-Smirnov test.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "ks/leaving_paths.hpp"
#include "oddity/sorted_window.hpp"
#include "oddity/tails.hpp"

namespace oddity::plugins::ks {

/// Largest distance between the empirical distribution functions of `history` and of `window` (sorted, not
/// empty), in [0, 1]. The window's function is flat between its values and the history's only rises, so the
/// largest distance lies at a value of the window or just before one: one walk along both. Equal values on
/// both sides jump together.
inline double distance(std::span<const double> history, std::span<const double> window) noexcept {
  const auto n = static_cast<double>(history.size());
  const auto m = static_cast<double>(window.size());
  double largest = 0;
  std::size_t below = 0;
  for (std::size_t at = 0; at < window.size();) {
    std::size_t behind = at;
    while (behind < window.size() && window[behind] == window[at]) ++behind;
    below = first_not_below(history, window[at], below);
    const double before = std::abs(static_cast<double>(below) / n - static_cast<double>(at) / m);
    while (below < history.size() && history[below] == window[at]) ++below;
    const double after = std::abs(static_cast<double>(below) / n - static_cast<double>(behind) / m);
    largest = std::max({largest, before, after});
    at = behind;
  }
  return largest;
}

/// The share of paths from (0, 0) to (n, m) that leave |i · step_m − j · step_n| < reach, cell by cell: the
/// share of paths to a cell that have left is the mean of its two neighbours', weighted by how many come from
/// each. O(n · m) at most, only cells inside the band are visited; for those few bands that are too wide for
/// LeavingPaths.
inline double share_by_cells(std::int64_t n, std::int64_t m, std::int64_t step_n, std::int64_t step_m,
                             std::int64_t reach) {
  // Along one i; outside the band all have left.
  std::vector<double> left(static_cast<std::size_t>(m) + 1, 1.0);
  for (std::int64_t i = 0; i <= n; ++i) {
    // The first and the last j inside the band.
    const std::int64_t below = i * step_m - reach;
    const std::int64_t from = below < 0 ? 0 : below / step_n + 1;
    const std::int64_t to = std::min(m, (i * step_m + reach - 1) / step_n);
    // Of (i, j − 1); there is no j = −1, its weight is 0.
    double previous = from == 0 ? 0.0 : 1.0;
    for (std::int64_t j = from; j <= to; ++j) {
      double& cell = left[static_cast<std::size_t>(j)];
      cell = i + j == 0 ? 0
                        : (static_cast<double>(i) * cell + static_cast<double>(j) * previous) /
                              static_cast<double>(i + j);
      previous = cell;
    }
  }
  return std::min(1.0, left.back());
}

/// P(D >= d) for samples of n and m from one continuous distribution, exactly.
///
/// Of all orders of the n + m values, those whose path from (0, 0) to (n, m) leaves the band |i/n − j/m| < d
/// (Hodges 1957, Arkiv för Matematik 3, p. 473).
inline double exact_p(double d, std::uint64_t n, std::uint64_t m) {
  if (n < m) std::swap(n, m);
  const std::uint64_t divisor = std::gcd(n, m);
  const auto step_n = static_cast<std::int64_t>(n / divisor);
  const auto step_m = static_cast<std::int64_t>(m / divisor);
  // d is a multiple of 1 / lcm(n, m); in these units the band is |i · step_m − j · step_n| < reach.
  const auto reach =
      static_cast<std::int64_t>(std::llround(d * static_cast<double>(step_n) * static_cast<double>(m)));
  if (reach <= 0) return 1;
  const double share = LeavingPaths(n, m, reach).share();
  if (!std::isnan(share)) return share;
  return share_by_cells(static_cast<std::int64_t>(n), static_cast<std::int64_t>(m), step_n, step_m, reach);
}

/// P(D >= 1), exactly: of all orders of n + m values, the two that separate the samples.
inline double separated_p(std::uint64_t n, std::uint64_t m) noexcept {
  double p = 2;
  for (std::uint64_t i = 1; i <= std::min(n, m) && p > 0; ++i)
    p *= static_cast<double>(i) / static_cast<double>(std::max(n, m) + i);
  return p;
}

/// How much farther than d a path has gone on average when it has left the band: it does not stop at the
/// band's edge but at the first point behind it. The term of Hodges' equation 5.3 (1957, p. 469) for samples
/// without a common divisor; a divisor makes the points lie on a lattice, half a step of which is taken off.
inline double overshoot(std::uint64_t n, std::uint64_t m) noexcept {
  const auto longer = static_cast<double>(std::max(n, m));
  const auto shorter = static_cast<double>(std::min(n, m));
  const double divisor = static_cast<double>(std::gcd(n, m));
  return ((longer + 2 * shorter) / 6 - divisor / 2) / (longer * shorter);
}

/// Kolmogorov's limiting distribution (1933; Smirnov 1939 for two samples) of a distance with two
/// corrections: for the overshoot and, in the far tail, for the rate at which the chance of a large
/// distance falls. That is 2 d² (1 + c d² + …) a sample, c = 2/9 (1 − nm/(n + m)²): the least over all
/// places of the sum of both samples' relative entropies (Abrahamson 1967, Annals of Mathematical
/// Statistics 38, p. 1475), in powers of d. Within 1 % of the exact p for samples of 500 and more, while p
/// is above 1e-6; within 2 % above 1e-14.
inline double limiting_p(double d, std::uint64_t n, std::uint64_t m) noexcept {
  const auto size_n = static_cast<double>(n);
  const auto size_m = static_cast<double>(m);
  const double both = size_n + size_m;
  const double rate = 2.0 / 9 * (1 - size_n * size_m / (both * both));
  const double x = std::sqrt(size_n * size_m / both) * (d + overshoot(n, m)) * (1 + rate * d * d / 2);
  return std::clamp(kolmogorov_sf(x), 0.0, 1.0);
}

/// How many cells exact_p may have inside its band: some milliseconds.
inline constexpr double most_cells = 4e6;

/// A long history beside a short window is nearly a distribution: one of most_cells / m samples stands for
/// it, with the distance at which its limiting distribution is the same. Within 0.5 % of the exact p for
/// windows below 500, while p is above 1e-9.
inline double shortened_p(double d, std::uint64_t n, std::uint64_t m) {
  if (n < m) std::swap(n, m);
  // One more than a multiple of m, so that the two have no common divisor and distances are fine.
  const std::uint64_t shorter = static_cast<std::uint64_t>(most_cells) / m / m * m + 1;
  const auto reach = [m](std::uint64_t size) {
    return std::sqrt(static_cast<double>(size) / static_cast<double>(size + m));
  };
  const double as_far = (d + overshoot(n, m)) * reach(n) / reach(shorter) - overshoot(shorter, m);
  return exact_p(std::min(as_far, 1.0), shorter, m);
}

/// P(D >= d) for samples of n and m values: exact where at most 4 million cells are inside, which most
/// windows do; otherwise close to it.
inline double p_value(double d, std::uint64_t n, std::uint64_t m) {
  if (d >= 1) return separated_p(n, m);
  const double cells = std::min(1.0, 2 * d) * static_cast<double>(n) * static_cast<double>(m);
  if (cells <= most_cells) return exact_p(d, n, m);
  constexpr std::uint64_t few = 500;
  return std::min(n, m) < few ? shortened_p(d, n, m) : limiting_p(d, n, m);
}

}  // namespace oddity::plugins::ks
