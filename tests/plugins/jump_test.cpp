#include "jump/jump.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "instance.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<Jump>;

/// Alternates between 9 and 11, so that the median of the last ten is 10 and every step is one.
void learn_steps_of_one(Detector& detector, int rows) {
  for (int i = 0; i < rows; ++i) detector.learn({i % 2 == 0 ? 9.0 : 11.0});
}

TEST(Jump, AgreesWithNumPyRowByRow) {
  Detector detector(200);
  int judged = 0;
  for (const auto& record : test::read_reference("jump.csv")) {
    const double value = std::stod(record[0]);
    const oddity_evaluation found = detector.evaluate({value});
    detector.learn({value});
    if (record.size() < 5 || record[4].empty()) {
      EXPECT_EQ(found.outcome, ODDITY_WARMING_UP);
      continue;
    }
    ++judged;
    EXPECT_LT(test::relative_error(found.expected, std::stod(record[1])), 1e-12);
    EXPECT_LT(test::relative_error(found.outputs[1], std::stod(record[2])), 1e-9);
    EXPECT_NEAR(found.outputs[0], std::stod(record[3]), 1e-9);
    EXPECT_LT(test::relative_error(found.p, std::stod(record[4])), 1e-9);
    EXPECT_EQ(found.observed, value);
    EXPECT_EQ(found.effect, found.outputs[0]);
  }
  EXPECT_EQ(judged, 639);
}

TEST(Jump, CountsInUsualSteps) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  const oddity_evaluation found = detector.evaluate({16});
  EXPECT_EQ(found.expected, 10);
  EXPECT_EQ(found.outputs[0], 6);
  EXPECT_EQ(found.outputs[1], 1);
  EXPECT_NEAR(found.p, 0.05 * std::pow(6, -3.5), 1e-12);
  EXPECT_EQ(detector.evaluate({4}).outputs[0], -6);
}

TEST(Jump, AnswersForEachDirection) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  const double above = detector.evaluate({16}, ODDITY_ABOVE).p;
  EXPECT_NEAR(above / detector.evaluate({16}).p, 0.5, 0.02) << "as many steps lead up as down";
  EXPECT_GT(detector.evaluate({16}, ODDITY_BELOW).p, 0.9);
  EXPECT_NEAR(detector.evaluate({4}, ODDITY_BELOW).p / above, 1, 0.1);
}

TEST(Jump, JudgesAWindowByItsLargestRowAndByHowManyItHas) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  const oddity_evaluation found = detector.evaluate({9, 11, 9, 18, 11});
  EXPECT_EQ(found.observed, 18);
  EXPECT_EQ(found.outputs[0], 8);
  EXPECT_NEAR(found.p, 1 - std::pow(1 - detector.evaluate({18}).p, 5), 1e-12);
}

TEST(Jump, ALevelThatShiftsIsOneJumpLearnedOrNot) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(i >= 5 || detector.evaluate({50}).p < 1e-4) << i;
    detector.update({50}, 1, ODDITY_LEARN_NO);
  }
  EXPECT_EQ(detector.evaluate({50}).expected, 50);
  EXPECT_EQ(detector.evaluate({56}).outputs[0] * detector.evaluate({56}).outputs[1], 6);
}

TEST(Jump, WhatIsNotLearnedIsNoUsualStep) {
  Detector detector(100);
  learn_steps_of_one(detector, 300);
  for (int i = 0; i < 100; ++i) detector.update({i % 2 == 0 ? 0.0 : 20.0}, 1, ODDITY_LEARN_NO);
  EXPECT_EQ(detector.evaluate({20}).outputs[0], 10) << "the range widens, the steps do not";
}

TEST(Jump, AfterAFlatStretchTheRangeSaysWhatIsLarge) {
  Detector detector(100);
  learn_steps_of_one(detector, 200);
  for (int i = 0; i < 150; ++i) detector.learn({10});
  EXPECT_EQ(detector.evaluate({10.1}).outputs[1], 0.05 * 2) << "a twentieth of 9 to 11";
  EXPECT_NEAR(detector.evaluate({10.1}).outputs[0], 1, 1e-12);
}

TEST(Jump, AConstantHistoryIsJudgedByHowManyWereEqual) {
  Detector detector(1000);
  for (int i = 0; i < 100; ++i) detector.learn({5});
  EXPECT_EQ(detector.evaluate({5}).p, 1);
  EXPECT_EQ(detector.evaluate({5}).outcome, ODDITY_CONSTANT);
  EXPECT_NEAR(detector.evaluate({6}).p, 1.0 / 100, 1e-12) << "of 99 steps and one more, the one is last";
  EXPECT_LT(detector.evaluate({6, 6, 6}).p, 1e-5);
  EXPECT_EQ(detector.evaluate({6}).outputs[0], largest);
  EXPECT_EQ(detector.evaluate({6}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({6}).upper, 5);
}

TEST(Jump, BoundsAreWhereTheVerdictTurns) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  const oddity_evaluation found = detector.evaluate({10});
  EXPECT_NEAR(detector.evaluate({found.upper}).p, 0.001, 1e-9);
  EXPECT_NEAR(detector.evaluate({found.lower}).p, 0.001, 1e-9);
  EXPECT_TRUE(std::isnan(detector.evaluate({10}, ODDITY_ABOVE).lower));
}

/// The more rows a window has, the farther one of them may stray.
TEST(Jump, OfManyRowsTheBoundsAreThoseOfAsMany) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  const oddity_evaluation found = detector.evaluate({9, 11, 9, 11, 9});
  EXPECT_GT(found.upper, detector.evaluate({10}).upper);
  EXPECT_NEAR(detector.evaluate({found.upper, 11, 9, 11, 9}).p, 0.001, 1e-9);
  EXPECT_NEAR(detector.evaluate({found.lower, 11, 9, 11, 9}).p, 0.001, 1e-9);
}

/// A row of overlapping windows is judged and taken in once.
TEST(Jump, OverlappingWindowsAreJudgedByTheirNewRows) {
  Detector whole(1000), overlapping(1000);
  learn_steps_of_one(whole, 201);
  learn_steps_of_one(overlapping, 200);
  overlapping.update({9, 11, 9, 11, 9}, 1, ODDITY_LEARN_YES);
  EXPECT_EQ(whole.snapshot(), overlapping.snapshot());
}

/// As the core hands them on: what was seen but not learned is fresh again for the next window that is learned.
TEST(Jump, RowsThatWereSeenDoNotCountTwice) {
  Detector detector(1000);
  learn_steps_of_one(detector, 200);
  detector.update({30, 30, 30, 30}, 4, ODDITY_LEARN_NO);
  const std::int64_t now = detector.now();
  detector.go_to(now - 4);
  detector.update({30, 30, 30, 30, 9, 11}, 6, ODDITY_LEARN_YES);
  EXPECT_EQ(detector.evaluate({10}).expected, 11) << "of 9 11 9 11, 30 four times, 9 11";
}

TEST(Jump, AnotherSizeKeepsTheNewestSteps) {
  Detector detector(300);
  learn_steps_of_one(detector, 300);
  Detector smaller(50);
  ASSERT_TRUE(smaller.restore(detector.snapshot()));
  EXPECT_EQ(smaller.evaluate({16}).outputs[0], 6);
}

}  // namespace
}  // namespace oddity::plugins
