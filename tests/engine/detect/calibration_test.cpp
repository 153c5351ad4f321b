#include "detect/calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "plugin/evaluation.hpp"
#include "state/sink.hpp"

namespace oddity::detect {
namespace {

/// Of an exponential distribution.
class Exponential {
 public:
  double operator()() { return -std::log(1 - static_cast<double>(generator_() >> 11) * 0x1p-53); }

 private:
  std::mt19937_64 generator_{7};
};

TEST(Strength, IsTheDetectorsOwnOrOfItsP) {
  oddity_evaluation answer = plugin::blank_evaluation();
  EXPECT_TRUE(std::isnan(strength_of(answer)));
  answer.p = 0.001;
  EXPECT_NEAR(strength_of(answer), 3, 1e-12);
  answer.p = 0;
  EXPECT_EQ(strength_of(answer), 308);
  answer.p = 1;
  EXPECT_FALSE(std::signbit(strength_of(answer)));
  answer.strength = 4.5;
  EXPECT_EQ(strength_of(answer), 4.5);
  answer.strength = -1;
  EXPECT_EQ(strength_of(answer), 0);
}

/// From the very first answers on, and in the long run.
TEST(CalibrationTest, OfSteadyAnswersAlphaIsTheShareOfThoseBelow) {
  constexpr int series = 400, answers = 600;
  for (const double alpha : {0.05, 0.01, 0.001}) {
    Exponential strength;
    int below = 0;
    for (int i = 0; i < series; ++i) {
      Calibration calibration;
      for (int j = 0; j < answers; ++j) {
        const double s = strength();
        below += calibration.p(s) < alpha ? 1 : 0;
        calibration.add(s, false);
      }
    }
    const double rate = below / static_cast<double>(series * answers);
    EXPECT_GT(rate, alpha / 1.5) << alpha;
    EXPECT_LT(rate, alpha * 1.5) << alpha;
  }
}

TEST(CalibrationTest, TheFirstAnswersSayLittle) {
  Exponential strength;
  Calibration calibration;
  EXPECT_EQ(calibration.p(1e6), 0.5) << "of none before";
  calibration.add(strength(), false);
  EXPECT_GT(calibration.p(30), 0.01);
  for (int i = 0; i < 20; ++i) calibration.add(strength(), false);
  EXPECT_LT(calibration.p(60), 0.001) << "yet a large fault stands out after some twenty";
}

TEST(CalibrationTest, TheStrongerTheSmallerIsP) {
  Exponential strength;
  Calibration calibration;
  for (int i = 0; i < 5000; ++i) calibration.add(strength(), false);
  double before = 1;
  for (int twentieths = 0; twentieths < 800; ++twentieths) {
    const double s = twentieths / 20.0;
    const double p = calibration.p(s);
    ASSERT_GT(p, 0);
    ASSERT_LE(p, before * 1.05) << s;
    before = p;
  }
  EXPECT_LT(before, 1e-10);
}

/// As those of a test whose history fills up, or of one episode.
TEST(CalibrationTest, OfStrongAnswersThatHardlyDifferAFurtherOneIsNoSurprise) {
  Calibration calibration;
  for (int i = 0; i < 100; ++i) calibration.add(i % 2 * (30 + i * 0.001), false);
  EXPECT_GT(calibration.p(31), 0.01) << "by three hundredths stronger";
  EXPECT_LT(calibration.p(60), 0.001) << "but twice as strong";
}

TEST(CalibrationTest, CountsStrongerAnswers) {
  Calibration calibration;
  EXPECT_EQ(calibration.stronger_than(1), 0);
  for (int i = 0; i < 10; ++i) calibration.add(i, false);
  EXPECT_EQ(calibration.stronger_than(6.5), 3);
}

TEST(CalibrationTest, EqualAnswersDoNotVary) {
  Calibration calibration;
  for (int i = 0; i < 7; ++i) calibration.add(0, false);
  EXPECT_TRUE(calibration.varies()) << "too few to know";
  calibration.add(0, false);
  EXPECT_FALSE(calibration.varies());
  calibration.add(2, false);
  EXPECT_TRUE(calibration.varies());
}

TEST(CalibrationTest, WhatIsAnomalousJoinsWhenItIsOver) {
  Calibration calibration;
  for (int i = 0; i < 5'000; ++i) calibration.add(i % 10, false);
  const double before = calibration.answers();
  const double p = calibration.p(50);
  for (int i = 0; i < 5; ++i) calibration.add(50, true);
  EXPECT_EQ(calibration.p(50), p);
  EXPECT_EQ(calibration.answers(), before);
  calibration.add(1, false);
  EXPECT_EQ(calibration.answers(), before + 6);
  EXPECT_GT(calibration.p(50), 100 * p) << "it is less of a surprise";
}

TEST(CalibrationTest, WhatIsAnomalousForLongJoinsAsWell) {
  Calibration calibration;
  for (int i = 0; i < 100; ++i) calibration.add(i % 10, false);
  calibration.add(50, true);
  EXPECT_EQ(calibration.answers(), 101) << "at once, where there were few before";
}

TEST(CalibrationTest, RestoredInTheMiddleOfAFaultItGoesOnAlike) {
  Exponential strength;
  Calibration one, other;
  for (int i = 0; i < 3'000; ++i) one.add(strength(), false);
  for (int i = 0; i < 4; ++i) one.add(30, true);
  const auto saved = [](const Calibration& calibration) {
    std::string bytes;
    const oddity_sink sink = state::appending_to(bytes);
    StateWriter out(sink);
    calibration.save(out);
    return bytes;
  };
  const std::string bytes = saved(one);
  StateReader in(std::as_bytes(std::span(bytes)));
  other.restore(in);
  in.expect_end();
  EXPECT_EQ(saved(other), bytes);
  for (int i = 0; i < 100; ++i) {
    const double s = strength();
    ASSERT_EQ(one.p(s), other.p(s));
    one.add(s, i % 7 == 0);
    other.add(s, i % 7 == 0);
  }
}

}  // namespace
}  // namespace oddity::detect
