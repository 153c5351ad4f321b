#include "ttest/ttest.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "instance.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<TTest>;

TEST(TTest, SaysNothingBeforeItHasAHistory) {
  const Detector detector(10);
  const oddity_evaluation found = detector.evaluate({1, 2, 3});
  EXPECT_TRUE(std::isnan(found.p));
  EXPECT_TRUE(std::isnan(found.outputs[0]));
  EXPECT_EQ(found.outcome, ODDITY_WARMING_UP);
}

TEST(TTest, AHistoryOfOneValueHasNoP) {
  Detector detector(10);
  detector.learn({5});
  EXPECT_TRUE(std::isnan(detector.evaluate({1, 2, 3}).p));
}

TEST(TTest, TIsPositiveWhenTheWindowLiesBelow) {
  Detector detector(10);
  detector.learn({10, 11, 12, 13});
  EXPECT_GT(detector.evaluate({1, 2, 3}).outputs[0], 0);
  EXPECT_LT(detector.evaluate({21, 22, 23}).outputs[0], 0);
}

TEST(TTest, DirectionIsThatOfTheData) {
  Detector detector(10);
  detector.learn({10, 11, 12, 13});
  EXPECT_LT(detector.evaluate({21, 22, 23}, ODDITY_ABOVE).p, 0.01);
  EXPECT_GT(detector.evaluate({21, 22, 23}, ODDITY_BELOW).p, 0.99);
  EXPECT_GT(detector.evaluate({1, 2, 3}, ODDITY_ABOVE).p, 0.99);
}

TEST(TTest, ConstantsAreJudgedByHowManyWereEqual) {
  Detector detector(10);
  detector.learn({0.1, 0.1, 0.1});
  const oddity_evaluation equal = detector.evaluate({0.1, 0.1});
  EXPECT_EQ(equal.p, 1);
  EXPECT_EQ(equal.outputs[0], 0);
  EXPECT_EQ(equal.outcome, ODDITY_CONSTANT);
  const oddity_evaluation other = detector.evaluate({0.2, 0.2});
  EXPECT_NEAR(other.p, 1.0 / 10, 1e-15) << "of five values in random order, the two that differ are the last";
  EXPECT_EQ(other.outputs[0], -largest) << "no spread to divide by: as far as a double goes, with t's sign";
  EXPECT_EQ(other.effect, largest);
  EXPECT_EQ(detector.evaluate({0, 0}).outputs[0], largest);
  for (const oddity_evaluation& found : {equal, other}) {
    EXPECT_EQ(found.expected, 0.1);
    EXPECT_EQ(found.lower, 0.1) << "bounds without a spread fall together";
    EXPECT_EQ(found.upper, 0.1);
  }
  EXPECT_EQ(detector.evaluate({0.1}).p, 1);
  EXPECT_NEAR(detector.evaluate({0.3}).p, 1.0 / 4, 1e-15);
}

TEST(TTest, AConstantOnTheOtherSideIsNotOdd) {
  Detector detector(10);
  detector.learn({5, 5, 5});
  EXPECT_NEAR(detector.evaluate({6, 6}, ODDITY_ABOVE).p, 0.1, 1e-15);
  EXPECT_EQ(detector.evaluate({6, 6}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({4, 4}, ODDITY_ABOVE).p, 1);
  EXPECT_NEAR(detector.evaluate({4, 4}, ODDITY_BELOW).p, 0.1, 1e-15);
  EXPECT_TRUE(std::isnan(detector.evaluate({4, 4}, ODDITY_BELOW).upper)) << "of one direction, one bound";
}

TEST(TTest, OneConstantSideIsAnOrdinaryCase) {
  Detector detector(10);
  detector.learn({5, 5, 5, 5});
  const oddity_evaluation found = detector.evaluate({4, 5, 6, 7});
  EXPECT_EQ(found.outcome, ODDITY_JUDGED);
  EXPECT_NEAR(found.p, 0.495025346059711, 1e-12);  // scipy.stats.ttest_1samp([4, 5, 6, 7], 5)
  EXPECT_EQ(found.effect, largest) << "no standard deviation of the history to measure by";
  EXPECT_EQ(detector.evaluate({4, 5, 6}).effect, 0);
}

TEST(TTest, ValuesWhoseSquaresOverflowAreUndefinedAndHarmless) {
  Detector detector(4);
  detector.learn({1, 2, 3, 4});
  EXPECT_TRUE(std::isnan(detector.evaluate({1e300, -1e300, 1e300}).p));
  detector.learn({1e300, 2, -1e300, 4});
  EXPECT_EQ(detector.evaluate({1, 2, 3}).outcome, ODDITY_UNDEFINED);
  EXPECT_TRUE(std::isnan(detector.evaluate({1, 2, 3}).p));
  detector.learn({1, 2, 3, 4});
  Detector untouched(4);
  untouched.learn({1, 2, 3, 4});
  EXPECT_EQ(detector.evaluate({1, 2, 4}).p, untouched.evaluate({1, 2, 4}).p);
}

TEST(TTest, ValuesWhoseSquaresVanishAreNotTakenForConstants) {
  Detector detector(4);
  detector.learn({1e-200, 2e-200, 3e-200});
  const oddity_evaluation found = detector.evaluate({9e-200, 8e-200});
  EXPECT_TRUE(std::isnan(found.p));
  EXPECT_EQ(found.outcome, ODDITY_UNDEFINED);
}

TEST(TTest, BoundsAreWhereTheVerdictTurns) {
  Detector detector(50);
  std::vector<double> history;
  for (int i = 0; i < 50; ++i) history.push_back(std::sin(i));
  detector.learn(history);
  const oddity_evaluation first = detector.evaluate({3, 3.1, 3.2});
  const double shift = first.upper - first.observed;
  EXPECT_NEAR(detector.evaluate({3 + shift, 3.1 + shift, 3.2 + shift}).p, 0.001, 1e-9);
}

TEST(TTest, OnlyFreshRowsAreLearnedAndOnlyWhenToldTo) {
  Detector detector(10);
  detector.update({1, 2, 3, 4}, 2, ODDITY_LEARN_YES);
  detector.update({50, 60}, 2, ODDITY_LEARN_NO);
  Detector same(10);
  same.learn({3, 4});
  EXPECT_EQ(detector.evaluate({5, 6}).p, same.evaluate({5, 6}).p);
}

TEST(TTest, AGroupOfTwelveWindowsTakesAKilobyte) {
  Detector detector(3600);
  for (int i = 0; i < 50; ++i) {
    std::vector<double> window(300);
    for (int row = 0; row < 300; ++row) window[static_cast<std::size_t>(row)] = std::sin(i * 300 + row);
    detector.learn(window);
  }
  EXPECT_LE(detector.snapshot().size(), 1024u);
  EXPECT_LE(detector.footprint(), 1024u);
}

}  // namespace
}  // namespace oddity::plugins
