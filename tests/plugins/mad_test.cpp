#include "mad/mad.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "instance.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<MedianAbsoluteDeviation>;

TEST(Mad, OfOneValueIsTheModifiedZOfIglewiczAndHoaglin) {
  Detector detector(10);
  detector.learn({1, 2, 3, 4, 9});  // median 3, MAD 1
  EXPECT_NEAR(detector.evaluate({7}).outputs[0], 0.6745 * 4, 1e-3);
  EXPECT_NEAR(detector.evaluate({-1}).outputs[0], -0.6745 * 4, 1e-3);
}

TEST(Mad, ASpikeInTheHistoryChangesNothing) {
  Detector calm(100), wild(100);
  std::vector<double> history;
  for (int i = 0; i < 60; ++i) history.push_back(20 + std::sin(i));
  calm.learn(history);
  for (std::size_t i = 0; i < history.size(); i += 6) history[i] += history[i] > 20 ? 1e9 : 0;
  wild.learn(history);
  EXPECT_EQ(wild.evaluate({20}).expected, calm.evaluate({20}).expected);
  EXPECT_LT(wild.evaluate({26}).p, 1e-3);
  EXPECT_LT(wild.evaluate({26}).outputs[0], 2 * calm.evaluate({26}).outputs[0]);
}

TEST(Mad, AWildValueInAWindowIsOutvoted) {
  Detector detector(100);
  std::vector<double> history;
  for (int i = 0; i < 60; ++i) history.push_back(20 + std::sin(i));
  detector.learn(history);
  EXPECT_EQ(detector.evaluate({20, 20.5, 1e9, 19.5, 19}).observed, 20);
  EXPECT_GT(detector.evaluate({20, 20.5, 1e9, 19.5, 19}).p, 0.05);
}

TEST(Mad, BoundsAreWhereTheVerdictTurns) {
  Detector detector(50);
  detector.learn({10, 11, 12, 13, 15, 16, 17});
  for (const std::vector<double>& window : {std::vector<double>{3}, {3, 4, 5}}) {
    const double upper = detector.evaluate(window).upper;
    std::vector<double> at(window.size(), upper);
    EXPECT_NEAR(detector.evaluate(at).p, 0.001, 1e-9);
  }
}

/// More than half of the history is one value: what counts is how many lay as far.
TEST(Mad, WithoutASpreadPIsTheShareOfValuesThatLayAsFar) {
  Detector detector(10);
  detector.learn({0, 0, 0, 0, 0, 0, 0, 1, 2, -3});
  const oddity_evaluation found = detector.evaluate({2});
  EXPECT_EQ(found.outcome, ODDITY_CONSTANT);
  EXPECT_NEAR(found.p, 3.0 / 11, 1e-12) << "2, -3, and itself, of eleven";
  EXPECT_NEAR(detector.evaluate({2}, ODDITY_ABOVE).p, 2.0 / 11, 1e-12) << "2, and itself";
  EXPECT_EQ(detector.evaluate({2}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({0}).p, 1);
  EXPECT_EQ(found.outputs[0], largest);
  EXPECT_EQ(found.upper, 0) << "bounds without a spread fall together";
}

TEST(Mad, OfAConstantHistoryPIsThatOfZScore) {
  for (const auto& [n, m, k] : {std::array<std::uint64_t, 3>{3, 2, 2}, {200, 10, 10}, {50, 7, 4}}) {
    EXPECT_LT(test::relative_error(mad::marked_by_chance(n, 0, m, k), p_without_spread(n, m, k)), 1e-12);
  }
}

/// scipy.stats.hypergeom(n + m, far + k, m).sf(k - 1)
TEST(Mad, MarkedByChanceIsTheHypergeometricTail) {
  const auto expect = [](std::uint64_t n, std::uint64_t far, std::uint64_t m, std::uint64_t k, double p) {
    EXPECT_LT(test::relative_error(mad::marked_by_chance(n, far, m, k), p), 1e-9)
        << n << " " << far << " " << m << " " << k << ": " << mad::marked_by_chance(n, far, m, k);
  };
  expect(10, 2, 1, 1, 0.27272727272727276);
  expect(50, 12, 5, 3, 0.11857756252872789);
  expect(2000, 900, 60, 31, 0.18637490131630596);
  expect(2000, 3, 60, 30, 7.775792721550108e-47);
  expect(100000, 40000, 5, 5, 0.010242304111357408);
  expect(3600, 1700, 300, 160, 0.024134134813530883);
  expect(400, 10, 300, 150, 2.648409824495753e-54);
  expect(30, 30, 8, 8, 1.0);
}

TEST(Mad, WarmsUpAndOverflows) {
  Detector detector(3);
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_WARMING_UP);
  detector.learn({1e300, -1e300, 0});
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_JUDGED) << "no squares, so nothing leaves the doubles";
  detector.learn({1.7e308, -1.7e308, 0});
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_UNDEFINED);
  detector.learn({1, 2, 3});
  EXPECT_EQ(detector.evaluate({2}).p, 1);
}

}  // namespace
}  // namespace oddity::plugins
