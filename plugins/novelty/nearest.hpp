// How far the latest values of a series are from anything in its past: nearest neighbours by brute force, which is
// one pass over a few thousand floats.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <span>

namespace oddity::plugins::novelty {

/// How many values back a shape reaches.
inline constexpr std::size_t longest_shape = 12;
/// How many values the extremes are of.
inline constexpr std::size_t extremes_of = 10;

/// What is compared of a row: its value and those before it, and the least and the greatest of the last ten.
struct Shape {
  std::array<float, longest_shape> values{};  ///< the row's own first, then backwards
  float least = 0;
  float greatest = 0;
};

/// The ways in which rows are compared: the last 2, 3, 5, 8 or 12 values, and the two extremes.
inline constexpr std::size_t ways = 6;
inline constexpr std::size_t way_of_extremes = 4;
inline constexpr std::size_t way_of_shapes = 5;

/// For each way the smallest distance to any row: the largest absolute difference of two values (Chebyshev's distance).
using Distances = std::array<float, ways>;

inline constexpr Distances nowhere_near{
    std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(),
    std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(),
    std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity()};

/// Rows to compare with, as three columns of equal length. Before the first of `values` in memory there are
/// longest_shape - 1 more, which its shape reaches back to.
struct Rows {
  std::span<const float> values;
  std::span<const float> least;
  std::span<const float> greatest;
};

/// The smaller of `nearest` and the distances to these rows. The result does not depend on the processor: it is made
/// of differences, absolute values, maxima and minima alone, which are exact.
Distances nearest(const Rows& rows, const Shape& shape, Distances nearest) noexcept;

}  // namespace oddity::plugins::novelty
