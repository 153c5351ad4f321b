#include "demo/normal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace oddity::demo {
namespace {

TEST(Normal, HasTheMomentsOfTheNormalDistribution) {
  Normal normal(42);
  constexpr int count = 1'000'000;
  double sum = 0, squares = 0, cubes = 0, fourths = 0;
  for (int i = 0; i < count; ++i) {
    const double x = normal.next();
    sum += x;
    squares += x * x;
    cubes += x * x * x;
    fourths += x * x * x * x;
  }
  EXPECT_NEAR(sum / count, 0, 0.005);
  EXPECT_NEAR(squares / count, 1, 0.007);
  EXPECT_NEAR(cubes / count, 0, 0.02);
  EXPECT_NEAR(fourths / count, 3, 0.05);
}

TEST(Normal, HasTheDistributionFunctionOfTheNormalDistribution) {
  Normal normal(7);
  std::vector<double> values(100'000);
  for (double& value : values) value = normal.next();
  std::sort(values.begin(), values.end());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = 0.5 * std::erfc(-values[i] / std::sqrt(2.0));
    largest =
        std::max(largest, std::abs(expected - static_cast<double>(i) / static_cast<double>(values.size())));
  }
  EXPECT_LT(largest, 0.006) << "Kolmogorov's 0.1 % point is 1.95 / sqrt(n)";
}

TEST(Normal, IsTheSameEverywhere) {
  Normal normal(1);
  const double expected[] = {normal.next(), normal.next()};
  Normal again(1);
  EXPECT_EQ(again.next(), expected[0]);
  EXPECT_EQ(again.next(), expected[1]);
}

}  // namespace
}  // namespace oddity::demo
