// Median and median absolute deviation of samples that are sorted already, without a copy of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace oddity {

/// Of ascending samples, not empty: the one in the middle, or halfway between the two that are. Never
/// overflows.
inline double median_of(std::span<const double> sorted) noexcept {
  const std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 != 0) return sorted[middle];
  const double below = sorted[middle - 1];
  const double above = sorted[middle];
  return below == above ? above : below / 2 + above / 2;
}

namespace detail {

/// How many of the `count` samples nearest to a centre lie below it: those are the last of `below` (ascending,
/// none above the centre), the others the first of `above`. A binary search, as for the k-th smallest of two
/// sorted arrays.
inline std::size_t nearest_below(std::span<const double> below, std::span<const double> above, double centre,
                                 std::size_t count) noexcept {
  std::size_t least = count > above.size() ? count - above.size() : 0;
  std::size_t most = std::min(count, below.size());
  while (least < most) {
    const std::size_t taken = least + (most - least) / 2;
    // One more from below is nearer than the last from above.
    const double next_below = centre - below[below.size() - 1 - taken];
    const double last_above = above[count - taken - 1] - centre;
    if (next_below < last_above) {
      least = taken + 1;
    } else {
      most = taken;
    }
  }
  return least;
}

}  // namespace detail

/// The `count`-th smallest distance (from 1 on) of ascending samples from a centre. O(log size). Infinite
/// where a difference is no double.
inline double distance_of_rank(std::span<const double> sorted, double centre, std::size_t count) noexcept {
  const auto split =
      static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), centre) - sorted.begin());
  const auto below = sorted.first(split);
  const auto above = sorted.subspan(split);
  const std::size_t from_below = detail::nearest_below(below, above, centre, count);
  double farthest = 0;
  if (from_below > 0) farthest = centre - below[below.size() - from_below];
  if (count > from_below) farthest = std::max(farthest, above[count - from_below - 1] - centre);
  return farthest;
}

/// The median of the distances of ascending samples, not empty, from a centre: from their median, the median
/// absolute deviation. O(log size).
inline double median_distance(std::span<const double> sorted, double centre) noexcept {
  const std::size_t middle = sorted.size() / 2;
  const double upper = distance_of_rank(sorted, centre, middle + 1);
  if (sorted.size() % 2 != 0) return upper;
  return distance_of_rank(sorted, centre, middle) / 2 + upper / 2;
}

}  // namespace oddity
