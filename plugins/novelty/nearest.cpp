#include "novelty/nearest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace oddity::plugins::novelty {
namespace {

/// Rows that are compared at once: what registers hold; narrower ones take them in parts.
using Eight [[gnu::vector_size(8 * sizeof(float))]] = float;
using EightBits [[gnu::vector_size(8 * sizeof(float))]] = std::int32_t;
using Sixteen [[gnu::vector_size(16 * sizeof(float))]] = float;
using SixteenBits [[gnu::vector_size(16 * sizeof(float))]] = std::int32_t;

/// The smallest distances so far, in each lane for each way.
template <class Wide>
using Lanes = std::array<Wide, ways>;
template <class Wide>
constexpr std::size_t lanes = sizeof(Wide) / sizeof(float);

// These are inlined into a function for each kind of processor, so that each is compiled with its instructions.
template <class Wide>
[[gnu::always_inline]] inline void load(Wide& wide, const float* from) noexcept {
  std::memcpy(&wide, from, sizeof wide);
}
/// The larger of `farthest` and the distances of as many values to one. A float without its sign is its absolute value:
/// one instruction, where a comparison and a choice are three.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void reach(Wide& farthest, const float* values, float value) noexcept {
  constexpr std::int32_t all_but_the_sign = 0x7fffffff;
  Wide wide;
  load(wide, values);
  const Wide difference = wide - value;
  const Wide distance = __builtin_bit_cast(Wide, __builtin_bit_cast(Bits, difference) & all_but_the_sign);
  farthest = farthest > distance ? farthest : distance;
}
template <class Wide>
[[gnu::always_inline]] inline void keep_smaller(Wide& best, const Wide& distance) noexcept {
  best = best < distance ? best : distance;
}

template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare(std::span<const float> rows, const Shape& shape,
                                           Lanes<Wide>& best) noexcept {
  for (std::size_t row = 0; row + lanes<Wide> <= rows.size(); row += lanes<Wide>) {
    const float* values = rows.data() + row;
    Wide farthest{};
    std::size_t back = 0;
    const auto shape_of = [&](std::size_t length, std::size_t way) __attribute__((always_inline)) {
#pragma GCC unroll 5
      for (; back < length; ++back) reach<Wide, Bits>(farthest, values - back, shape[back]);
      keep_smaller(best[way], farthest);
    };
    shape_of(2, 0);
    shape_of(3, 1);
    shape_of(5, 2);
    shape_of(8, 3);
    shape_of(12, way_of_shapes);
  }
}

/// The smallest of all lanes and of what was known.
template <class Wide>
[[gnu::always_inline]] inline float smallest(const Wide& wide, float known) noexcept {
  for (std::size_t lane = 0; lane < lanes<Wide>; ++lane) known = std::min(known, wide[lane]);
  return known;
}

/// The smaller of `nearest` and the distances to the rows that fill all lanes.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare_whole(std::span<const float> rows, const Shape& shape,
                                                 Distances& nearest) noexcept {
  Lanes<Wide> best;
  for (std::size_t way = 0; way < ways; ++way) best[way] = Wide{} + nearest[way];
  compare<Wide, Bits>(rows, shape, best);
  for (std::size_t way = 0; way < ways; ++way) nearest[way] = smallest(best[way], nearest[way]);
}
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare_levels_whole(const LevelRows& rows, const Level& level,
                                                        LevelDistances& nearest) noexcept {
  Wide median = Wide{} + nearest[0];
  Wide quantiles = Wide{} + nearest[1];
  for (std::size_t row = 0; row + lanes<Wide> <= rows.median.size(); row += lanes<Wide>) {
    Wide distance{};
    reach<Wide, Bits>(distance, rows.median.data() + row, level.median);
    keep_smaller(median, distance);
    distance = Wide{};
    reach<Wide, Bits>(distance, rows.low.data() + row, level.low);
    reach<Wide, Bits>(distance, rows.high.data() + row, level.high);
    keep_smaller(quantiles, distance);
  }
  nearest = {smallest(median, nearest[0]), smallest(quantiles, nearest[1])};
}

/// What is left when the others have been taken by eights.
void compare_one(const float* value, const Shape& shape, Distances& best) noexcept {
  constexpr std::array<std::size_t, longest_shape + 1> way_of_length{
      ways, ways, 0, 1, ways, 2, ways, ways, 3, ways, ways, ways, way_of_shapes};
  float farthest = 0;
  for (std::size_t back = 0; back < longest_shape; ++back) {
    farthest = std::max(farthest, std::fabs(*(value - back) - shape[back]));
    const std::size_t way = way_of_length[back + 1];
    if (way != ways) best[way] = std::min(best[way], farthest);
  }
}
void compare_one_level(const LevelRows& rows, std::size_t row, const Level& level,
                       LevelDistances& best) noexcept {
  best[0] = std::min(best[0], std::fabs(rows.median[row] - level.median));
  best[1] = std::min(best[1],
                     std::max(std::fabs(rows.low[row] - level.low), std::fabs(rows.high[row] - level.high)));
}

void compare_anywhere(std::span<const float> rows, const Shape& shape, Distances& nearest) noexcept {
  compare_whole<Eight, EightBits>(rows, shape, nearest);
}
void compare_levels_anywhere(const LevelRows& rows, const Level& level, LevelDistances& nearest) noexcept {
  compare_levels_whole<Eight, EightBits>(rows, level, nearest);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void compare_avx2(std::span<const float> rows, const Shape& shape,
                                          Distances& nearest) noexcept {
  compare_whole<Eight, EightBits>(rows, shape, nearest);
}
[[gnu::target("avx2")]] void compare_levels_avx2(const LevelRows& rows, const Level& level,
                                                 LevelDistances& nearest) noexcept {
  compare_levels_whole<Eight, EightBits>(rows, level, nearest);
}
[[gnu::target("avx512f")]] void compare_avx512(std::span<const float> rows, const Shape& shape,
                                               Distances& nearest) noexcept {
  compare_whole<Sixteen, SixteenBits>(rows, shape, nearest);
}
[[gnu::target("avx512f")]] void compare_levels_avx512(const LevelRows& rows, const Level& level,
                                                      LevelDistances& nearest) noexcept {
  compare_levels_whole<Sixteen, SixteenBits>(rows, level, nearest);
}
#endif

struct Comparison {
  void (*whole)(std::span<const float> rows, const Shape& shape, Distances& nearest) noexcept;
  void (*levels_whole)(const LevelRows& rows, const Level& level, LevelDistances& nearest) noexcept;
  std::size_t lanes;
};

Comparison for_this_processor() noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) return {compare_avx512, compare_levels_avx512, lanes<Sixteen>};
  if (__builtin_cpu_supports("avx2") != 0) return {compare_avx2, compare_levels_avx2, lanes<Eight>};
#endif
  return {compare_anywhere, compare_levels_anywhere, lanes<Eight>};
}

const Comparison& comparison() noexcept {
  static const Comparison fastest = for_this_processor();
  return fastest;
}

}  // namespace

Distances nearest(std::span<const float> values, const Shape& shape, Distances nearest) noexcept {
  comparison().whole(values, shape, nearest);
  const std::size_t whole = values.size() / comparison().lanes * comparison().lanes;
  for (std::size_t row = whole; row < values.size(); ++row) compare_one(values.data() + row, shape, nearest);
  return nearest;
}

LevelDistances nearest_level(const LevelRows& rows, const Level& level) noexcept {
  LevelDistances nearest = no_level;
  comparison().levels_whole(rows, level, nearest);
  const std::size_t whole = rows.median.size() / comparison().lanes * comparison().lanes;
  for (std::size_t row = whole; row < rows.median.size(); ++row) compare_one_level(rows, row, level, nearest);
  return nearest;
}

}  // namespace oddity::plugins::novelty
