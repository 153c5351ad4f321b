#include "zscore/zscore.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "instance.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<ZScore>;

TEST(ZScore, IsPositiveWhenTheWindowLiesAbove) {
  Detector detector(10);
  detector.learn({10, 11, 12, 13});
  EXPECT_GT(detector.evaluate({21, 22}).outputs[0], 0);
  EXPECT_LT(detector.evaluate({21, 22}, ODDITY_ABOVE).p, 0.002);
  EXPECT_GT(detector.evaluate({21, 22}, ODDITY_BELOW).p, 0.998);
}

TEST(ZScore, OfOneValueIsItsOwn) {
  Detector detector(10);
  detector.learn({-1, 0, 1});  // mean 0, standard deviation 1
  EXPECT_EQ(detector.evaluate({2}).outputs[0], 2);
}

TEST(ZScore, WarmsUp) {
  Detector detector(10);
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_WARMING_UP);
  detector.learn({5});
  EXPECT_TRUE(std::isnan(detector.evaluate({1, 2}).p));
}

TEST(ZScore, AConstantHistoryIsJudgedByHowManyWereEqual) {
  Detector detector(10);
  detector.learn({0.1, 0.1, 0.1});
  EXPECT_EQ(detector.evaluate({0.1, 0.1}).p, 1);
  EXPECT_EQ(detector.evaluate({0.1, 0.1}).outputs[0], 0);
  EXPECT_NEAR(detector.evaluate({0.2, 0.3}).p, 1.0 / 10, 1e-15)
      << "of five values, the two that differ are last";
  EXPECT_NEAR(detector.evaluate({0.1, 0.3}).p, 2.0 / 5, 1e-15)
      << "of five values, the one is among the last two";
  EXPECT_EQ(detector.evaluate({0.2, 0.3}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({0.2, 0.3}).outputs[0], largest) << "as far as a double goes";
  EXPECT_EQ(detector.evaluate({0.2, 0.3}).effect, largest);
  EXPECT_EQ(detector.evaluate({-1}).outputs[0], -largest);
  EXPECT_EQ(detector.evaluate({-1}).upper, 0.1) << "bounds without a spread fall together";
}

TEST(ZScore, KnowsHowFewSamplesItStandsOn) {
  Detector detector(10);
  detector.learn({-1, 0, 1});
  // Student's t with two degrees of freedom: P(|T| > 3 / sqrt(1 + 1/3)).
  EXPECT_NEAR(detector.evaluate({3}).p, 0.1217, 1e-4);
}

TEST(ZScore, BoundsAreWhereTheVerdictTurns) {
  Detector detector(50);
  detector.learn({10, 11, 12, 13, 15});
  const double shift = detector.evaluate({3, 5}).upper - 4;
  EXPECT_NEAR(detector.evaluate({3 + shift, 5 + shift}).p, 0.001, 1e-9);
  const double down = detector.evaluate({3, 5}, ODDITY_BELOW).lower - 4;
  EXPECT_NEAR(detector.evaluate({3 + down, 5 + down}, ODDITY_BELOW).p, 0.001, 1e-9);
}

TEST(ZScore, OverflowAndUnderflowAreUndefined) {
  Detector detector(3);
  detector.learn({1e300, -1e300, 0});
  EXPECT_TRUE(std::isnan(detector.evaluate({1}).p));
  detector.learn({1e-200, 2e-200, 3e-200});
  EXPECT_EQ(detector.evaluate({5e-200}).outcome, ODDITY_UNDEFINED);
  detector.learn({1, 2, 3});
  EXPECT_EQ(detector.evaluate({2}).p, 1);
}

}  // namespace
}  // namespace oddity::plugins
