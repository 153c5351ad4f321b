// How likely so many of a window's values lie as far out as its median does, by the order of all values alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "oddity/tails.hpp"

namespace oddity::plugins::mad {

/// P(X >= k): of n + m values in random order, far + k of which are marked, at least k of the marked stand
/// among the last m (Fisher 1935, The Design of Experiments, section 11). As logarithms, since the factors
/// leave the doubles long before their product does.
inline double marked_by_chance(std::uint64_t n, std::uint64_t far, std::uint64_t m,
                               std::uint64_t k) noexcept {
  const auto number = [](std::uint64_t whole) { return static_cast<double>(whole); };
  double log_of_k = 0;
  for (std::uint64_t i = 0; i < k; ++i)
    log_of_k += std::log(number(far + k - i) / number(k - i) * (number(m - i) / number(n + m - i)));
  // The other marked ones stand among the first n, the window's other places hold unmarked ones: the shorter
  // of two products of the same value.
  for (std::uint64_t i = 0; i < std::min(far, m - k); ++i) {
    log_of_k += far < m - k ? std::log(number(n - i) / number(n + m - k - i))
                            : std::log(number(n - far + m - k - i) / number(n + m - k - i));
  }
  double term = std::exp(log_of_k);
  double sum = term;
  for (std::uint64_t i = k; i < m && i < far + k && term > sum * 1e-17; ++i) {
    // From i to i + 1 marked ones in the window.
    term *= number(far + k - i) / number(i + 1) * (number(m - i) / number(n - far + 1 + i - k));
    sum += term;
  }
  return std::min(sum, 1.0);
}

/// How many of ascending values lie at least |shift| from the centre: on the shift's side, or, asked for both
/// directions, on either.
inline std::uint64_t count_as_far(std::span<const double> sorted, double centre, double shift,
                                  Direction direction) noexcept {
  const auto above = [&](double distance) {
    return sorted.end() - std::partition_point(sorted.begin(), sorted.end(),
                                               [&](double value) { return value - centre < distance; });
  };
  const auto below = [&](double distance) {
    return std::partition_point(sorted.begin(), sorted.end(),
                                [&](double value) { return centre - value >= distance; }) -
           sorted.begin();
  };
  std::ptrdiff_t count = 0;
  if (direction == Direction::both || shift > 0) count += above(std::abs(shift));
  if (direction == Direction::both || shift < 0) count += below(std::abs(shift));
  return static_cast<std::uint64_t>(count);
}

/// P-value of a window whose median lies `shift` from a history's that has no MAD: the chance that so many of
/// all values that are as far stand in the window. Where the history is constant that is p_without_spread.
inline double as_far_by_chance(std::span<const double> history, std::span<const double> window, double centre,
                               double shift, Direction direction) noexcept {
  return marked_by_chance(history.size(), count_as_far(history, centre, shift, direction), window.size(),
                          count_as_far(window, centre, shift, direction));
}

}  // namespace oddity::plugins::mad
