#include "detect/decision.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace oddity::detect {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(DecisionTest, BelowAlphaIsAnomalousAndAboveItIsLearned) {
  const Decider decider(0.05);
  EXPECT_TRUE(decider.decide(0.04).anomalous);
  EXPECT_FALSE(decider.decide(0.04).learn);
  EXPECT_FALSE(decider.decide(0.06).anomalous);
  EXPECT_TRUE(decider.decide(0.06).learn);
}

TEST(DecisionTest, ExactlyAlphaIsNeitherAnomalousNorLearned) {
  const Decision decision = Decider(0.05).decide(0.05);
  EXPECT_FALSE(decision.anomalous);
  EXPECT_FALSE(decision.learn);
}

TEST(DecisionTest, WhatWasNotJudgedIsLearned) {
  const Decision decision = Decider(0.05).decide(nan);
  EXPECT_FALSE(decision.judged());
  EXPECT_FALSE(decision.anomalous);
  EXPECT_TRUE(decision.learn);
  EXPECT_TRUE(std::isnan(decision.score));
}

TEST(DecisionTest, TheCalibratedPDecidesWhereThereIsOne) {
  const Decision decision = Decider(0.05).decide(0.01, 0.5);
  EXPECT_FALSE(decision.anomalous);
  EXPECT_TRUE(decision.learn);
  EXPECT_EQ(decision.p, 0.01);
  EXPECT_TRUE(Decider(0.05).decide(0.5, 0.01).anomalous);
}

TEST(DecisionTest, InAShortHistoryWhatHasASmallPIsNotLearnedEither) {
  const Decider decider(0.05);
  const auto decide = [&](double p, double calibrated) {
    return decider.decide(p, calibrated, Learned::as_by_both);
  };
  EXPECT_FALSE(decide(0.01, 0.5).learn);
  EXPECT_FALSE(decide(0.01, 0.5).anomalous);
  EXPECT_TRUE(decide(0.06, 0.5).learn);
  EXPECT_FALSE(decide(0.5, 0.01).learn);
  EXPECT_TRUE(decide(nan, 0.5).learn) << "of a strength there is no p";
}

TEST(DecisionTest, ALongHistoryLearnsWhatIsJustAnomalousAndNotWhatClearlyIs) {
  const Decider decider(0.05);
  const auto decide = [&](double calibrated) {
    return decider.decide(0.5, calibrated, Learned::not_clearly_anomalous);
  };
  EXPECT_TRUE(decide(0.006).anomalous);
  EXPECT_TRUE(decide(0.006).learn);
  EXPECT_FALSE(decide(0.004).learn);
  EXPECT_TRUE(decide(0.9).learn);
  EXPECT_LE(decide(0.9).learning, 1);
}

TEST(DecisionTest, WhatIsCalledNormalIsLearnedInAShortHistoryToo) {
  const Decider decider(0.05);
  Decision decision = decider.decide(0.01, 0.01, Learned::as_by_both);
  decider.call_normal(decision);
  EXPECT_FALSE(decision.anomalous);
  EXPECT_TRUE(decision.learn);
  EXPECT_EQ(decision.score, 1);
  Together alone;
  alone.add(decision);
  EXPECT_TRUE(alone.decided_by(decider).learn);
  EXPECT_FALSE(alone.decided_by(decider).anomalous);
}

TEST(DecisionTest, SeveralLearnByTheLeastOfWhatDecides) {
  const Decider decider(0.05);
  Together several;
  several.add(decider.decide(0.01, 0.5, Learned::as_by_both));
  several.add(decider.decide(0.9, 0.6, Learned::as_by_both));
  EXPECT_FALSE(several.decided_by(decider).anomalous);
  EXPECT_FALSE(several.decided_by(decider).learn) << "2 · 0.01 is below alpha";
}

TEST(DecisionTest, SeveralAreYoungWhileOneOfThemIs) {
  const Decider decider(0.05);
  Together several;
  Decision old = decider.decide(0.5), young = old;
  young.young = true;
  several.add(old);
  EXPECT_FALSE(several.decided_by(decider).young);
  several.add(young);
  several.add(old);
  EXPECT_TRUE(several.decided_by(decider).young);
}

TEST(DecisionTest, TheScoreOfAlphaIsOneForEveryAlpha) {
  for (const double alpha : {0.5, 0.05, 0.001, 1e-9}) {
    EXPECT_DOUBLE_EQ(Decider(alpha).decide(alpha).score, 1);
    EXPECT_GT(Decider(alpha).decide(alpha / 10).score, 1);
    EXPECT_LT(Decider(alpha).decide(std::fmin(1, alpha * 1.5)).score, 1);
  }
}

TEST(DecisionTest, TheScoreEndsWhereDoublesDo) {
  const Decider decider(0.001);
  EXPECT_EQ(decider.decide(1).score, 0);
  EXPECT_FALSE(std::signbit(decider.decide(1).score));
  EXPECT_DOUBLE_EQ(decider.decide(0).score, -708 / std::log(0.001));
}

TEST(LeastPTest, IsHolmsFirstStep) {
  LeastP several;
  for (const double p : {0.3, 0.01, nan, 0.9}) several.add(p);
  EXPECT_DOUBLE_EQ(several.overall(), 3 * 0.01) << "three were judged";
}

TEST(LeastPTest, IsNeverAboveOne) {
  LeastP several;
  for (const double p : {0.6, 0.7}) several.add(p);
  EXPECT_EQ(several.overall(), 1);
}

TEST(LeastPTest, OfNoneIsAbsent) {
  LeastP none;
  none.add(nan);
  EXPECT_TRUE(std::isnan(none.overall()));
}

}  // namespace
}  // namespace oddity::detect
