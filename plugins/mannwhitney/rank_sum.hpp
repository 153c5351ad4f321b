// The statistic and the p-value of the Mann-Whitney test.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oddity/tails.hpp"

namespace oddity::plugins::mannwhitney {

struct Pairs {
  double all;
  /// Of these, those in which the window's value is the larger, ties by half: U.
  double larger;
  /// Σ (t³ − t) over all groups of t equal values, as a share of what it is where all are equal.
  double tied;
};

/// One walk over both sorted samples, neither empty.
inline Pairs count_pairs(std::span<const double> history, std::span<const double> window) noexcept {
  double larger = 0;
  double ties = 0;
  std::size_t at = 0;
  std::size_t below = 0;
  while (below < history.size() || at < window.size()) {
    const bool of_history = at == window.size() || (below < history.size() && history[below] < window[at]);
    const double value = of_history ? history[below] : window[at];
    std::size_t next = below;
    while (next < history.size() && history[next] == value) ++next;
    std::size_t next_at = at;
    while (next_at < window.size() && window[next_at] == value) ++next_at;
    const auto equal = static_cast<double>(next - below);
    larger += static_cast<double>(next_at - at) * (static_cast<double>(below) + equal / 2);
    const double together = equal + static_cast<double>(next_at - at);
    ties += together * (together * together - 1);
    below = next;
    at = next_at;
  }
  const auto n = static_cast<double>(history.size());
  const auto m = static_cast<double>(window.size());
  const double all = n + m;
  return {n * m, larger, ties / (all * (all * all - 1))};
}

struct Sizes {
  std::uint64_t history;
  std::uint64_t window;
};

/// P(U <= u), exactly, of samples from one continuous distribution: of all orders of the n + m values, those
/// with u pairs or fewer. How many have u is the coefficient of q^u in Π (1 − q^(n+i)) / (1 − q^i), i from 1 to
/// m (Mann & Whitney's recurrence, multiplied out), here as shares: O(m u), `m` the shorter side.
inline double exact_lower_tail(std::uint64_t u, std::uint64_t n, std::uint64_t m) {
  if (m == 1) return static_cast<double>(std::min(u, n) + 1) / static_cast<double>(n + 1);
  std::vector<double> share(u + 1);
  share[0] = 1;
  for (std::uint64_t i = 1; i <= m; ++i) {
    for (std::uint64_t at = u; at >= n + i; --at) share[at] -= share[at - n - i];
    for (std::uint64_t at = i; at <= u; ++at) share[at] += share[at - i];
    const double orders = static_cast<double>(i) / static_cast<double>(n + i);
    for (double& each : share) each *= orders;
  }
  double sum = 0;
  for (const double each : share) sum += each;
  return std::clamp(sum, 0.0, 1.0);
}

/// P(U >= u), exactly. U is symmetric about half of all pairs, so the shorter tail is counted.
inline double exact_upper_tail(std::uint64_t u, const Sizes& sizes) {
  const std::uint64_t n = std::max(sizes.history, sizes.window);
  const std::uint64_t m = std::min(sizes.history, sizes.window);
  if (u == 0) return 1;
  if (u > n * m / 2) return exact_lower_tail(n * m - u, n, m);
  return 1 - exact_lower_tail(u - 1, n, m);
}

/// Whether p is exact: as with SciPy's method='auto' the shorter side has at most eight values; and not more
/// than some milliseconds are spent.
inline bool is_small(const Sizes& sizes) noexcept {
  constexpr double most_steps = 4e6;
  const std::uint64_t shorter = std::min(sizes.history, sizes.window);
  const double steps = static_cast<double>(sizes.history * sizes.window * shorter) / 2;
  return shorter == 1 || (shorter <= 8 && steps <= most_steps);
}

/// P(U >= u) where nothing has changed. Ties hide an order: U is the mean over those that are possible, varies
/// less, and an exact p, from u rounded towards the middle, is cautious about them.
inline double upper_tail(double u, const Pairs& pairs, const Sizes& sizes) {
  if (is_small(sizes)) return exact_upper_tail(static_cast<std::uint64_t>(std::floor(u + 1e-6)), sizes);
  const auto n = static_cast<double>(sizes.history);
  const auto m = static_cast<double>(sizes.window);
  const double deviation = std::sqrt(n * m * (n + m + 1) / 12 * (1 - pairs.tied));
  return normal_sf((u - n * m / 2 - 0.5) / deviation);
}

/// As SciPy's mannwhitneyu(window, history): with method='exact' where is_small(), else 'asymptotic'. Where
/// all values are equal, 1.
inline double p_value(const Pairs& pairs, const Sizes& sizes, Direction direction) {
  if (pairs.tied == 1) return 1;
  // Of fewer pairs, where samples are worth less than they are many.
  const double scale = static_cast<double>(sizes.history) * static_cast<double>(sizes.window) / pairs.all;
  const double larger = pairs.larger * scale;
  const double smaller = (pairs.all - pairs.larger) * scale;
  if (direction == Direction::above) return upper_tail(larger, pairs, sizes);
  if (direction == Direction::below) return upper_tail(smaller, pairs, sizes);
  return std::min(1.0, 2 * upper_tail(std::max(larger, smaller), pairs, sizes));
}

}  // namespace oddity::plugins::mannwhitney
