#include "novelty/nearest.hpp"

#include <algorithm>
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
[[gnu::always_inline]] inline void compare(const Rows& rows, const Shape& shape, Lanes<Wide>& best) noexcept {
  for (std::size_t row = 0; row + lanes<Wide> <= rows.values.size(); row += lanes<Wide>) {
    const float* values = rows.values.data() + row;
    Wide farthest{};
    std::size_t back = 0;
    const auto shape_of = [&](std::size_t length, std::size_t way) __attribute__((always_inline)) {
#pragma GCC unroll 5
      for (; back < length; ++back) reach<Wide, Bits>(farthest, values - back, shape.values[back]);
      keep_smaller(best[way], farthest);
    };
    shape_of(2, 0);
    shape_of(3, 1);
    shape_of(5, 2);
    shape_of(8, 3);
    shape_of(12, way_of_shapes);
    Wide extremes{};
    reach<Wide, Bits>(extremes, rows.least.data() + row, shape.least);
    reach<Wide, Bits>(extremes, rows.greatest.data() + row, shape.greatest);
    keep_smaller(best[way_of_extremes], extremes);
  }
}

/// The smaller of `nearest` and the distances to the rows that fill all lanes.
template <class Wide, class Bits>
[[gnu::always_inline]] inline void compare_whole(const Rows& rows, const Shape& shape,
                                                 Distances& nearest) noexcept {
  Lanes<Wide> best;
  for (std::size_t way = 0; way < ways; ++way) best[way] = Wide{} + nearest[way];
  compare<Wide, Bits>(rows, shape, best);
  for (std::size_t way = 0; way < ways; ++way)
    for (std::size_t lane = 0; lane < lanes<Wide>; ++lane)
      nearest[way] = std::min(nearest[way], best[way][lane]);
}

/// What is left when the others have been taken by eights.
void compare_one(const Rows& rows, std::size_t row, const Shape& shape, Distances& best) noexcept {
  constexpr std::array<std::size_t, longest_shape + 1> way_of_length{
      ways, ways, 0, 1, ways, 2, ways, ways, 3, ways, ways, ways, way_of_shapes};
  float farthest = 0;
  for (std::size_t back = 0; back < longest_shape; ++back) {
    farthest = std::max(farthest, std::fabs(*(rows.values.data() + row - back) - shape.values[back]));
    const std::size_t way = way_of_length[back + 1];
    if (way != ways) best[way] = std::min(best[way], farthest);
  }
  best[way_of_extremes] = std::min(
      best[way_of_extremes],
      std::max(std::fabs(rows.least[row] - shape.least), std::fabs(rows.greatest[row] - shape.greatest)));
}

void compare_anywhere(const Rows& rows, const Shape& shape, Distances& nearest) noexcept {
  compare_whole<Eight, EightBits>(rows, shape, nearest);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void compare_avx2(const Rows& rows, const Shape& shape, Distances& nearest) noexcept {
  compare_whole<Eight, EightBits>(rows, shape, nearest);
}
[[gnu::target("avx512f")]] void compare_avx512(const Rows& rows, const Shape& shape,
                                               Distances& nearest) noexcept {
  compare_whole<Sixteen, SixteenBits>(rows, shape, nearest);
}
#endif

struct Comparison {
  void (*whole)(const Rows& rows, const Shape& shape, Distances& nearest) noexcept;
  std::size_t lanes;
};

Comparison for_this_processor() noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") != 0) return {compare_avx512, lanes<Sixteen>};
  if (__builtin_cpu_supports("avx2") != 0) return {compare_avx2, lanes<Eight>};
#endif
  return {compare_anywhere, lanes<Eight>};
}

}  // namespace

Distances nearest(const Rows& rows, const Shape& shape, Distances nearest) noexcept {
  static const Comparison comparison = for_this_processor();
  comparison.whole(rows, shape, nearest);
  const std::size_t whole = rows.values.size() / comparison.lanes * comparison.lanes;
  for (std::size_t row = whole; row < rows.values.size(); ++row) compare_one(rows, row, shape, nearest);
  return nearest;
}

}  // namespace oddity::plugins::novelty
