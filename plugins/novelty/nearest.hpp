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
/// What is compared of a row: its value and those before it, the row's own first, then backwards.
using Shape = std::array<float, longest_shape>;

/// The ways in which rows are compared: the last 2, 3, 5, 8 or 12 values.
inline constexpr std::size_t ways = 5;
inline constexpr std::size_t way_of_shapes = 4;

/// For each way the smallest distance to any row: the largest absolute difference of two values (Chebyshev's distance).
using Distances = std::array<float, ways>;

inline constexpr Distances nowhere_near{
    std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(),
    std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(),
    std::numeric_limits<float>::infinity()};

/// Rows that are compared at once, at most.
inline constexpr std::size_t most_lanes = 16;
/// Values that may be read before the first of the rows: its shape reaches back to longest_shape - 1 of them; where the
/// last rows do not fill all lanes, those before them, and their shapes, are read too, and left out.
inline constexpr std::size_t readable_before = longest_shape - 1 + most_lanes - 1;

/// The smaller of `nearest` and the distances to the rows of these values, before which in memory there are
/// `readable_before` more. The result does not depend on the processor: it is made of differences, absolute values,
/// maxima and minima alone, which are exact.
Distances nearest(std::span<const float> values, const Shape& shape, Distances nearest) noexcept;

/// Where a series is, of many values: levels.hpp.
struct Level {
  float median = 0;
  float low = 0;
  float high = 0;
};
/// Levels to compare with, as columns of equal length.
struct LevelRows {
  std::span<const float> median;
  std::span<const float> low;
  std::span<const float> high;
};
/// The smallest distances to any of them, by the median and by the other two; infinite where there are none.
using LevelDistances = std::array<float, 2>;
inline constexpr LevelDistances no_level{std::numeric_limits<float>::infinity(),
                                         std::numeric_limits<float>::infinity()};
LevelDistances nearest_level(const LevelRows& rows, const Level& level) noexcept;

}  // namespace oddity::plugins::novelty
