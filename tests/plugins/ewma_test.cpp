#include "ewma/ewma.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "instance.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<Ewma>;

/// Mean 0, standard deviation 1.
const std::vector<double> baseline{-1, 0, 1};

TEST(Ewma, IsTheAverageOfRobertsInItsExactStandardErrors) {
  Detector detector(3, {{"lambda", "0.2"}});
  detector.learn(baseline);
  // 0.2 after one value; after two 0.2 · 3 + 0.8 · 0.2.
  EXPECT_NEAR(detector.evaluate({1}).effect, 0.2, 1e-15);
  EXPECT_NEAR(detector.evaluate({1}).outputs[0], 1, 1e-15) << "of one value it is the value's own";
  EXPECT_NEAR(detector.evaluate({1, 3}).effect, 0.76, 1e-15);
  EXPECT_NEAR(detector.evaluate({1, 3}).outputs[0], 0.76 / std::sqrt(0.2 / 1.8 * (1 - std::pow(0.8, 4))),
              1e-12);
}

TEST(Ewma, ASmallShiftAddsUp) {
  Detector detector(400);
  std::vector<double> history;
  for (int i = 0; i < 400; ++i) history.push_back(std::sin(i * 7) * std::sqrt(2));
  detector.learn(history);
  EXPECT_GT(detector.evaluate({1.3}).p, 0.1);
  for (int i = 0; i < 12; ++i) detector.pass({1.3 + std::sin(i * 7) * std::sqrt(2)});
  EXPECT_LT(detector.evaluate({1.3}).p, 1e-3);
}

TEST(Ewma, MovesOnWithWhatIsNotLearned) {
  Detector detector(100, {{"lambda", "0.5"}});
  detector.learn(baseline);
  detector.pass({4});
  EXPECT_EQ(detector.evaluate({0}).expected, 0) << "the history does not";
  EXPECT_NEAR(detector.evaluate({0}).effect, 1, 1e-15) << "half of a half of four";
}

/// Windows of two rows, one row apart: where the first was not learned, its rows are fresh again.
TEST(Ewma, TakesEachRowOnce) {
  Detector apart(100), overlapping(100);
  for (Detector* detector : {&apart, &overlapping}) {
    detector->learn(baseline);
    detector->pass({3, 4});
  }
  apart.pass({5});
  overlapping.update({4, 5}, 2, ODDITY_LEARN_NO, 1);
  EXPECT_EQ(apart.evaluate({0}).effect, overlapping.evaluate({0}).effect);
}

TEST(Ewma, OneWildValueIsForgotten) {
  Detector detector(400);
  std::vector<double> history;
  for (int i = 0; i < 400; ++i) history.push_back(std::sin(i * 7));
  detector.learn(history);
  detector.pass({1e30});
  EXPECT_LT(detector.evaluate({0}).p, 1e-6);
  for (int i = 0; i < 25; ++i) detector.pass({0});
  EXPECT_GT(detector.evaluate({0}).p, 0.1);
}

TEST(Ewma, BoundsAreWhereTheVerdictTurns) {
  Detector detector(50, {{"lambda", "1"}});
  detector.learn({10, 11, 12, 13, 15});
  EXPECT_NEAR(detector.evaluate({detector.evaluate({3}).upper}).p, 0.001, 1e-9) << "of the last value alone";
}

TEST(Ewma, WithoutASpreadItWaits) {
  Detector detector(10);
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_WARMING_UP);
  detector.learn({0.1, 0.1, 0.1});
  EXPECT_EQ(detector.evaluate({0.1}).p, 1);
  EXPECT_NEAR(detector.evaluate({0.2, 0.3}).p, 1.0 / 10, 1e-15)
      << "of five values, the two that differ are last";
  EXPECT_EQ(detector.evaluate({0.2}).outputs[0], largest);
  detector.pass({7});
  detector.learn({0.3});
  EXPECT_NEAR(detector.evaluate({0.15}).effect, 0, 1e-9) << "7 was no deviation then";
}

TEST(Ewma, OverflowIsUndefined) {
  Detector detector(3);
  detector.learn({1e300, -1e300, 0});
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_UNDEFINED);
  detector.learn({1, 2, 3});
  EXPECT_EQ(detector.evaluate({2}).p, 1);
}

}  // namespace
}  // namespace oddity::plugins
