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
  EXPECT_LT(detector.evaluate({21, 22}, ODDITY_ABOVE).p, 1e-6);
  EXPECT_GT(detector.evaluate({21, 22}, ODDITY_BELOW).p, 0.999);
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

TEST(ZScore, AConstantHistoryIsJudgedByEquality) {
  Detector detector(10);
  detector.learn({0.1, 0.1, 0.1});
  EXPECT_EQ(detector.evaluate({0.1, 0.1}).p, 1);
  EXPECT_EQ(detector.evaluate({0.1, 0.1}).outputs[0], 0);
  EXPECT_EQ(detector.evaluate({0.2, 0.3}).p, 0);
  EXPECT_TRUE(std::isnan(detector.evaluate({0.2, 0.3}).outputs[0]));
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
