#include "oddity/order_statistics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace oddity {
namespace {

std::vector<double> sorted_distances(const std::vector<double>& values, double centre) {
  std::vector<double> distances;
  for (const double value : values) distances.push_back(std::abs(value - centre));
  std::sort(distances.begin(), distances.end());
  return distances;
}

RC_GTEST_PROP(OrderStatistics, DistancesAreThoseOfASortedCopy, ()) {
  std::vector<double> values(*rc::gen::inRange<std::size_t>(1, 60));
  for (double& value : values) value = *rc::gen::inRange(-9, 9);
  std::sort(values.begin(), values.end());
  const double centre = *rc::gen::element(median_of(values), -20.0, 0.5, 3.0, 20.0);
  const std::vector<double> distances = sorted_distances(values, centre);
  for (std::size_t rank = 1; rank <= values.size(); ++rank)
    RC_ASSERT(distance_of_rank(values, centre, rank) == distances[rank - 1]);
  RC_ASSERT(median_distance(values, centre) == median_of(distances));
}

TEST(OrderStatistics, TheMedianIsTheMiddleOneOrHalfway) {
  EXPECT_EQ(median_of(std::vector{3.0}), 3);
  EXPECT_EQ(median_of(std::vector{1.0, 2.0, 9.0}), 2);
  EXPECT_EQ(median_of(std::vector{1.0, 2.0, 4.0, 9.0}), 3);
  EXPECT_EQ(median_of(std::vector{0.1, 0.1}), 0.1) << "equal ones are not rounded";
}

TEST(OrderStatistics, TheLargestDoublesHaveAMedianAndAnInfiniteDistance) {
  constexpr double max = std::numeric_limits<double>::max();
  const std::vector<double> apart{-max, -max, max, max};
  EXPECT_EQ(median_of(apart), 0);
  EXPECT_EQ(median_of(std::vector{0.9 * max, max}), 0.9 * max / 2 + max / 2);
  EXPECT_EQ(distance_of_rank(apart, max, 3), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace oddity
