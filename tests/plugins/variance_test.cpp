#include "variance/variance.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "instance.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<Variance>;

std::vector<double> wave(int values, double mean, double amplitude) {
  std::vector<double> all;
  for (int i = 0; i < values; ++i) all.push_back(mean + amplitude * std::sin(i * 7));
  return all;
}

TEST(Variance, AboveIsMoreSpread) {
  Detector detector(400);
  detector.learn(wave(400, 20, 1));
  EXPECT_LT(detector.evaluate(wave(60, 20, 5)).p, 1e-6);
  EXPECT_LT(detector.evaluate(wave(60, 20, 5), ODDITY_ABOVE).p, 1e-6);
  EXPECT_GT(detector.evaluate(wave(60, 20, 5), ODDITY_BELOW).p, 0.999);
  EXPECT_LT(detector.evaluate(wave(60, 20, 0.1), ODDITY_BELOW).p, 1e-6);
  EXPECT_NEAR(detector.evaluate(wave(60, 20, 5)).outputs[1], 5, 0.5) << "five times as wide";
}

TEST(Variance, TheLevelHasNoPartInIt) {
  Detector detector(400);
  detector.learn(wave(400, 20, 1));
  EXPECT_GT(detector.evaluate(wave(60, 200, 1)).p, 0.1);
}

TEST(Variance, AStuckValueHasTooLittleSpread) {
  Detector detector(400);
  detector.learn(wave(400, 20, 1));
  EXPECT_LT(detector.evaluate(std::vector<double>(60, 20.0), ODDITY_BELOW).p, 1e-6);
  EXPECT_EQ(detector.evaluate(std::vector<double>(60, 20.0)).outputs[1], 0);
}

TEST(Variance, OneValueHasNone) {
  Detector detector(400);
  detector.learn(wave(400, 20, 1));
  EXPECT_EQ(detector.evaluate({20}).outcome, ODDITY_UNDEFINED);
  EXPECT_TRUE(std::isnan(detector.evaluate({20}).p));
}

TEST(Variance, AHistoryWithoutSpreadIsJudgedByHowManyWereEqual) {
  Detector detector(10);
  detector.learn({5, 5, 5});
  EXPECT_EQ(detector.evaluate({7, 7, 7}).p, 1) << "as little spread, at another level";
  EXPECT_NEAR(detector.evaluate({5, 5, 9}).p, 3.0 / 6, 1e-15)
      << "of six values, the one is among the last three";
  EXPECT_EQ(detector.evaluate({5, 5, 9}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({5, 5, 9}).outputs[1], largest);
}

/// Any two values are equally far from their median, so nothing varies, and F is not finite.
TEST(Variance, TwoPairsAreNoProof) {
  Detector detector(10);
  detector.learn({1, 2});
  const oddity_evaluation found = detector.evaluate({10, 20});
  EXPECT_EQ(found.outcome, ODDITY_CONSTANT);
  EXPECT_NEAR(found.p, 1.0 / 6, 1e-15);
  EXPECT_EQ(found.outputs[0], largest);
}

TEST(Variance, WarmsUpAndOverflows) {
  Detector detector(4);
  EXPECT_EQ(detector.evaluate({1, 2}).outcome, ODDITY_WARMING_UP);
  detector.learn({1e300, -1e300, 0, 3});
  EXPECT_EQ(detector.evaluate({1, 2, 4}).outcome, ODDITY_UNDEFINED);
  detector.learn({1e-200, 2e-200, 3e-200, 9e-200});
  EXPECT_EQ(detector.evaluate({5e-200, 7e-200, 1e-200}).outcome, ODDITY_UNDEFINED);
  detector.learn({1, 2, 3, 4});
  EXPECT_EQ(detector.evaluate({2, 3, 4, 5}).p, 1);
}

}  // namespace
}  // namespace oddity::plugins
