#include "conformance/uniformity.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "conformance/random.hpp"

namespace oddity::conformance {
namespace {

std::vector<double> uniform(std::uint64_t seed, std::size_t count = 1000) {
  Random random(seed);
  std::vector<double> ps(count);
  for (double& p : ps) p = random.uniform();
  return ps;
}

TEST(DistanceFromUniform, IsThatOfTheDistributionFunctions) {
  EXPECT_EQ(distance_from_uniform({}), 0);
  EXPECT_DOUBLE_EQ(distance_from_uniform({0.5}), 0.5);
  EXPECT_DOUBLE_EQ(distance_from_uniform({0.25, 0.75}), 0.25);
  EXPECT_DOUBLE_EQ(distance_from_uniform({0.9, 0.1, 0.2}), 2.0 / 3 - 0.2) << "unsorted";
  EXPECT_DOUBLE_EQ(distance_from_uniform({0, 0, 0}), 1);
  EXPECT_DOUBLE_EQ(distance_from_uniform({1, 1, 1}), 1);
}

TEST(JudgeUniformity, PassesUniformOnesWhateverTheSeed) {
  for (std::uint64_t seed = 0; seed < 300; ++seed)
    EXPECT_EQ(judge_uniformity(uniform(seed)).outcome, CheckOutcome::passed) << seed;
}

TEST(JudgeUniformity, WarnsOfSquaresAndFailsWhatIsNoProbability) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<double> ps = uniform(seed);
    for (double& p : ps) p *= p;
    EXPECT_EQ(judge_uniformity(ps).outcome, CheckOutcome::warned);
    for (double& p : ps) p = std::pow(p, 20);
    EXPECT_EQ(judge_uniformity(ps).outcome, CheckOutcome::failed);
  }
  EXPECT_EQ(judge_uniformity(std::vector<double>(1000, 0.5)).outcome, CheckOutcome::failed) << "a constant";
}

TEST(JudgeUniformity, WarnsOfATailThatIsTooHeavyAlthoughTheRestIsUniform) {
  std::vector<double> ps = uniform(1);
  for (std::size_t i = 0; i < 50; ++i) ps[i] = 0.0005;
  EXPECT_LT(distance_from_uniform(ps), 0.1);
  EXPECT_EQ(judge_uniformity(ps).outcome, CheckOutcome::warned);
}

TEST(Random, IsTheSameForTheSameSeedAndHasTheMomentsItSays) {
  Random one(7), same(7), other(8);
  double sum = 0, squares = 0;
  constexpr int count = 100'000;
  bool differs = false;
  for (int i = 0; i < count; ++i) {
    const double value = one.normal();
    EXPECT_EQ(value, same.normal());
    differs = differs || value != other.normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_TRUE(differs);
  EXPECT_NEAR(sum / count, 0, 5 / std::sqrt(count));
  EXPECT_NEAR(squares / count, 1, 5 * std::sqrt(2.0 / count));
  for (int i = 0; i < 1000; ++i) {
    const double inside = one.uniform(3, 4);
    EXPECT_TRUE(inside >= 3 && inside < 4);
    EXPECT_LT(one.below(7), 7u);
  }
}

}  // namespace
}  // namespace oddity::conformance
