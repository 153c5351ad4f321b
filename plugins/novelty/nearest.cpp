#include "novelty/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace oddity::plugins::novelty {
namespace {

/// Rows that are compared at once: what the widest registers hold; narrower ones take them in parts.
constexpr std::size_t lanes = 8;
using Eight [[gnu::vector_size(lanes * sizeof(float))]] = float;

/// The smallest distances so far, eight for each way.
using Lanes = std::array<Eight, ways>;

// These are inlined into a function for each kind of processor, so that each is compiled with its instructions.
[[gnu::always_inline]] inline void load(Eight& eight, const float* from) noexcept {
  std::memcpy(&eight, from, sizeof eight);
}
/// The larger of `farthest` and the distances of eight values to one.
[[gnu::always_inline]] inline void reach(Eight& farthest, const float* values, float value) noexcept {
  Eight eight;
  load(eight, values);
  const Eight difference = eight - value;
  const Eight distance = difference < 0 ? -difference : difference;
  farthest = farthest > distance ? farthest : distance;
}
[[gnu::always_inline]] inline void keep_smaller(Eight& best, const Eight& distance) noexcept {
  best = best < distance ? best : distance;
}

[[gnu::always_inline]] inline void compare(const Rows& rows, const Shape& shape, Lanes& best) noexcept {
  for (std::size_t row = 0; row + lanes <= rows.values.size(); row += lanes) {
    const float* values = rows.values.data() + row;
    Eight farthest{};
    std::size_t back = 0;
    const auto shape_of = [&](std::size_t length, std::size_t way) __attribute__((always_inline)) {
#pragma GCC unroll 5
      for (; back < length; ++back) reach(farthest, values - back, shape.values[back]);
      keep_smaller(best[way], farthest);
    };
    shape_of(2, 0);
    shape_of(3, 1);
    shape_of(5, 2);
    shape_of(8, 3);
    shape_of(12, way_of_shapes);
    Eight extremes{};
    reach(extremes, rows.least.data() + row, shape.least);
    reach(extremes, rows.greatest.data() + row, shape.greatest);
    keep_smaller(best[way_of_extremes], extremes);
  }
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

void compare_anywhere(const Rows& rows, const Shape& shape, Lanes& best) noexcept {
  compare(rows, shape, best);
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void compare_avx2(const Rows& rows, const Shape& shape, Lanes& best) noexcept {
  compare(rows, shape, best);
}
#endif

using Compare = decltype(&compare_anywhere);

Compare for_this_processor() noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) return compare_avx2;
#endif
  return compare_anywhere;
}

}  // namespace

Distances nearest(const Rows& rows, const Shape& shape, Distances nearest) noexcept {
  static const Compare compare_rows = for_this_processor();
  Lanes best;
  for (std::size_t way = 0; way < ways; ++way) best[way] = Eight{} + nearest[way];
  compare_rows(rows, shape, best);
  const std::size_t whole = rows.values.size() / lanes * lanes;
  for (std::size_t way = 0; way < ways; ++way)
    for (std::size_t lane = 0; lane < lanes; ++lane) nearest[way] = std::min(nearest[way], best[way][lane]);
  for (std::size_t row = whole; row < rows.values.size(); ++row) compare_one(rows, row, shape, nearest);
  return nearest;
}

}  // namespace oddity::plugins::novelty
