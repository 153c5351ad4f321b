#include "novelty/nearest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

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

/// As many rows at once as there are lanes, the first of them at `values`; `farthest`: what their distances begin at.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare(const float* values, const Shape& shape, Wide& farthest,
                                           Lanes<Wide>& best) noexcept {
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

/// The smallest of all lanes, which are folded in halves, and of what was known.
template <class Wide>
[[gnu::always_inline]] inline float smallest(const Wide& wide, float known) noexcept {
  std::array<float, lanes<Wide>> all;
  std::memcpy(all.data(), &wide, sizeof wide);
  for (std::size_t half = lanes<Wide> / 2; half > 0; half /= 2)
    for (std::size_t lane = 0; lane < half; ++lane) all[lane] = std::min(all[lane], all[lane + half]);
  return std::min(known, all[0]);
}

/// What keeps the first lanes out: these rows are as far as can be, the other ones begin at no distance.
template <class Wide>
[[gnu::always_inline]] inline void keep_out_the_first(std::size_t number, Wide& wide) noexcept {
  std::array<float, lanes<Wide>> farthest{};
  for (std::size_t lane = 0; lane < lanes<Wide>; ++lane)
    farthest[lane] = lane < number ? std::numeric_limits<float>::infinity() : 0;
  load(wide, farthest.data());
}

/// The smaller of `nearest` and the distances to the rows. The last ones, which do not fill all lanes, are taken
/// together with some before them.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare_all(std::span<const float> rows, const Shape& shape,
                                               Distances& nearest) noexcept {
  static_assert(lanes<Wide> <= most_lanes);
  Lanes<Wide> best;
  for (std::size_t way = 0; way < ways; ++way) best[way] = Wide{} + nearest[way];
  const std::size_t left = rows.size() % lanes<Wide>;
  for (std::size_t row = 0; row < rows.size() - left; row += lanes<Wide>) {
    Wide farthest{};
    compare<Wide, Bits>(rows.data() + row, shape, farthest, best);
  }
  if (left > 0) {
    Wide farthest{};
    keep_out_the_first(lanes<Wide> - left, farthest);
    compare<Wide, Bits>(rows.data() + rows.size() - lanes<Wide>, shape, farthest, best);
  }
  for (std::size_t way = 0; way < ways; ++way) nearest[way] = smallest(best[way], nearest[way]);
}

void compare_one_level(const LevelRows& rows, std::size_t row, const Level& level,
                       LevelDistances& best) noexcept {
  best[0] = std::min(best[0], std::fabs(rows.median[row] - level.median));
  best[1] = std::min(best[1],
                     std::max(std::fabs(rows.low[row] - level.low), std::fabs(rows.high[row] - level.high)));
}
/// A row may be compared twice: of the last ones as many are taken as fill all lanes.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare_all_levels(const LevelRows& rows, const Level& level,
                                                      LevelDistances& nearest) noexcept {
  const std::size_t size = rows.median.size();
  if (size < lanes<Wide>) {
    for (std::size_t row = 0; row < size; ++row) compare_one_level(rows, row, level, nearest);
    return;
  }
  Wide median = Wide{} + nearest[0];
  Wide quantiles = Wide{} + nearest[1];
  for (std::size_t next = 0; next < size; next += lanes<Wide>) {
    const std::size_t row = std::min(next, size - lanes<Wide>);
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

void compare_anywhere(std::span<const float> rows, const Shape& shape, Distances& nearest) noexcept {
  compare_all<Eight, EightBits>(rows, shape, nearest);
}
void compare_levels_anywhere(const LevelRows& rows, const Level& level, LevelDistances& nearest) noexcept {
  compare_all_levels<Eight, EightBits>(rows, level, nearest);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void compare_avx2(std::span<const float> rows, const Shape& shape,
                                          Distances& nearest) noexcept {
  compare_all<Eight, EightBits>(rows, shape, nearest);
}
[[gnu::target("avx2")]] void compare_levels_avx2(const LevelRows& rows, const Level& level,
                                                 LevelDistances& nearest) noexcept {
  compare_all_levels<Eight, EightBits>(rows, level, nearest);
}
[[gnu::target("avx512f")]] void compare_avx512(std::span<const float> rows, const Shape& shape,
                                               Distances& nearest) noexcept {
  compare_all<Sixteen, SixteenBits>(rows, shape, nearest);
}
[[gnu::target("avx512f")]] void compare_levels_avx512(const LevelRows& rows, const Level& level,
                                                      LevelDistances& nearest) noexcept {
  compare_all_levels<Sixteen, SixteenBits>(rows, level, nearest);
}
#endif

struct Comparison {
  void (*rows)(std::span<const float> rows, const Shape& shape, Distances& nearest) noexcept;
  void (*levels)(const LevelRows& rows, const Level& level, LevelDistances& nearest) noexcept;
};

Comparison for_this_processor() noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) return {compare_avx512, compare_levels_avx512};
  if (__builtin_cpu_supports("avx2") != 0) return {compare_avx2, compare_levels_avx2};
#endif
  return {compare_anywhere, compare_levels_anywhere};
}

const Comparison& comparison() noexcept {
  static const Comparison fastest = for_this_processor();
  return fastest;
}

}  // namespace

Distances nearest(std::span<const float> values, const Shape& shape, Distances nearest) noexcept {
  if (!values.empty()) comparison().rows(values, shape, nearest);
  return nearest;
}

LevelDistances nearest_level(const LevelRows& rows, const Level& level) noexcept {
  LevelDistances nearest = no_level;
  comparison().levels(rows, level, nearest);
  return nearest;
}

}  // namespace oddity::plugins::novelty
