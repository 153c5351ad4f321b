#include "mannwhitney/mannwhitney.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "instance.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<MannWhitney>;

/// Every order of n and m values, by brute force: the share of those with u pairs or fewer.
double brute_force_tail(std::uint64_t u, int n, int m) {
  int few = 0, all = 0;
  for (unsigned mask = 0; mask < 1u << (n + m); ++mask) {
    if (__builtin_popcount(mask) != m) continue;
    ++all;
    std::uint64_t pairs = 0, below = 0;
    for (int i = 0; i < n + m; ++i) (mask >> i & 1) != 0 ? pairs += below : ++below;
    few += pairs <= u ? 1 : 0;
  }
  return static_cast<double>(few) / all;
}

TEST(MannWhitney, TheExactTailIsThatOfAllOrdersCounted) {
  for (int n = 1; n <= 8; ++n) {
    for (int m = 1; m <= n; ++m) {
      const auto size_n = static_cast<std::uint64_t>(n);
      const auto size_m = static_cast<std::uint64_t>(m);
      for (std::uint64_t u = 0; u <= size_n * size_m; ++u)
        EXPECT_NEAR(mannwhitney::exact_lower_tail(u, size_n, size_m), brute_force_tail(u, n, m), 1e-13)
            << n << " " << m << " " << u;
    }
  }
}

TEST(MannWhitney, ASmallExactTailKeepsItsDigits) {
  // One order of the (3608 over 8); two pairs: 1 + 1 + 2 orders of them.
  const double orders = 7.067063823159849e+23;
  EXPECT_LT(test::relative_error(mannwhitney::exact_lower_tail(0, 3600, 8), 1 / orders), 1e-9);
  EXPECT_LT(test::relative_error(mannwhitney::exact_lower_tail(2, 3600, 8), 4 / orders), 1e-9);
}

TEST(MannWhitney, TheExactTailJoinsTheNormalOneWhereBothHold) {
  Detector lends_the_tails(2);
  const mannwhitney::Sizes sizes{2000, 8};
  for (const double u : {8100.0, 9000.0, 11000.0}) {
    const double deviation = std::sqrt(2000.0 * 8 * 2009 / 12);
    const double normal = normal_sf((u - 8000 - 0.5) / deviation);
    const double exact = mannwhitney::exact_upper_tail(static_cast<std::uint64_t>(u), sizes);
    EXPECT_LT(std::abs(exact / normal - 1), 0.1) << u;
  }
}

RC_GTEST_PROP(MannWhitney, ThePairsAreThoseOfTheDefinitionTiesIncluded, ()) {
  const auto draw = [](std::size_t least) {
    std::vector<double> values(*rc::gen::inRange<std::size_t>(least, 40));
    for (double& value : values) value = *rc::gen::inRange(0, 9);
    return values;
  };
  const std::vector<double> history = draw(2), window = draw(1);
  double larger = 0;
  for (const double ours : window)
    for (const double theirs : history) larger += ours > theirs ? 1 : ours == theirs ? 0.5 : 0;
  Detector detector(100);
  detector.learn(history);
  const auto all = static_cast<double>(history.size() * window.size());
  RC_ASSERT(std::abs(detector.evaluate(window).outputs[0] - larger / all) < 1e-12);
}

TEST(MannWhitney, HowFarOutAValueLiesIsNothingToIt) {
  Detector detector(400);
  std::vector<double> history;
  for (int i = 0; i < 400; ++i) history.push_back(std::sin(i));
  detector.learn(history);
  EXPECT_EQ(detector.evaluate({0, 0.1, 5, -0.1, -0.2}).p, detector.evaluate({0, 0.1, 5e9, -0.1, -0.2}).p);
  EXPECT_NEAR(detector.evaluate({5}).p, 2.0 / 401, 1e-12) << "one rank of 401, at either end";
  EXPECT_NEAR(detector.evaluate({5}, ODDITY_ABOVE).p, 1.0 / 401, 1e-12);
}

/// Zeroes and a few ones: ties take variance away, and the exact p of few values is cautious about them.
TEST(MannWhitney, TiesAreNoFalseAlarm) {
  Detector detector(400);
  std::vector<double> history(400, 0.0);
  for (std::size_t i = 0; i < history.size(); i += 50) history[i] = 1;
  detector.learn(history);
  EXPECT_GT(detector.evaluate({0, 0, 0, 1, 0}).p, 0.3);
  EXPECT_GT(detector.evaluate({1}).p, 0.01);
  EXPECT_LT(detector.evaluate({1, 1, 1, 1, 1}).p, 1e-3);
}

TEST(MannWhitney, WarmsUpAndKnowsConstants) {
  Detector detector(100);
  EXPECT_EQ(detector.evaluate({1, 2}).outcome, ODDITY_WARMING_UP);
  detector.learn(std::vector<double>(100, 3));
  EXPECT_EQ(detector.evaluate({3, 3}).p, 1);
  EXPECT_EQ(detector.evaluate({3, 3}).outcome, ODDITY_CONSTANT);
  EXPECT_NEAR(detector.evaluate({4, 4}).p, 2.0 / 5151, 1e-12) << "of the (102 over 2) orders, two";
}

}  // namespace
}  // namespace oddity::plugins
