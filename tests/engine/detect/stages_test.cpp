// The small parts that decide beside p: alarms, distances of windows, what is usual, what rows say of each other.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "detect/correlation.hpp"
#include "detect/pipeline.hpp"
#include "detect/rest.hpp"
#include "detect/usual_variation.hpp"
#include "scripted.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

TEST(RestTest, OfARunOnlyTheFirstWindowAlarms) {
  Rest rest;
  const options::Extent quiet{3, 0};
  EXPECT_FALSE(rest.alarms(false, 0.1, 0, quiet));
  EXPECT_TRUE(rest.alarms(true, 2, 1, quiet));
  EXPECT_FALSE(rest.alarms(true, 2, 2, quiet));
  EXPECT_TRUE(rest.alarms(true, 2.5, 3, quiet)) << "clearly stronger";
  EXPECT_FALSE(rest.alarms(true, 2.9, 4, quiet)) << "than the last alarm, not than the first";
  EXPECT_FALSE(rest.alarms(false, 0.1, 5, quiet));
  EXPECT_FALSE(rest.alarms(true, 2, 6, quiet)) << "one quiet window behind it";
  EXPECT_FALSE(rest.alarms(false, 0.1, 7, quiet));
  EXPECT_FALSE(rest.alarms(false, 0.1, 8, quiet));
  EXPECT_FALSE(rest.alarms(false, 0.1, 9, quiet));
  EXPECT_TRUE(rest.alarms(true, 2, 10, quiet)) << "three";
}

TEST(RestTest, ATimeThatGoesBackIsANewStart) {
  Rest rest;
  const options::Extent hour{0, 3'600};
  EXPECT_TRUE(rest.alarms(true, 2, 10'000, hour));
  EXPECT_FALSE(rest.alarms(true, 2, 13'599, hour));
  EXPECT_TRUE(rest.alarms(true, 2, 50, hour));
}

TEST(UsualVariationTest, IsAHighQuantileOfDifferencesFromTheLastMedian) {
  UsualVariation variation;
  EXPECT_TRUE(std::isnan(variation.difference(1)));
  EXPECT_EQ(variation.effect(1), 0);
  for (int i = 0; i < 400; ++i) variation.add(i % 2, true);  // median 0.5, differences 0.5
  EXPECT_NEAR(variation.usual(), 0.5, 0.01);
  EXPECT_NEAR(variation.effect(5.5), 10, 0.2);
}

TEST(UsualVariationTest, AfterAFlatStretchItIsAShareOfTheRange) {
  UsualVariation variation;
  for (int i = 0; i < 300; ++i) variation.add(i % 2 * 100, true);
  for (int i = 0; i < 4'000; ++i) variation.add(40, true);
  EXPECT_EQ(variation.difference(41), 1);
  EXPECT_NEAR(variation.usual(), 5, 1e-9);
  for (int i = 0; i < 3'000; ++i) variation.add(40, true);
  EXPECT_EQ(variation.usual(), 0) << "what is too long ago counts no more";
  EXPECT_TRUE(std::isinf(variation.effect(41)));
}

TEST(UsualVariationTest, WhatIsNotLearnedIsNoMeasureOfTheNext) {
  UsualVariation variation;
  for (int i = 0; i < 50; ++i) variation.add(10, true);
  for (int i = 0; i < 50; ++i) variation.add(90, false);
  EXPECT_EQ(variation.difference(90), 80);
}

TEST(CorrelationTest, OfAnAutoregressionIsItsCoefficient) {
  for (const double r : {-0.5, 0.0, 0.5, 0.9}) {
    Correlation correlation;
    double value = 0;
    unsigned long state = 1;
    for (int i = 0; i < 9'000; ++i) {
      state = state * 6364136223846793005UL + 1442695040888963407UL;
      value = r * value + static_cast<double>(state >> 11) * 0x1p-53 - 0.5;
      correlation.add(std::vector{value});
    }
    EXPECT_NEAR(correlation.lag_one(), r, 0.04);
  }
}

TEST(CorrelationTest, OfFewOrEqualRowsIsNone) {
  Correlation correlation;
  for (int i = 0; i < 19; ++i) correlation.add(std::vector{static_cast<double>(i)});
  EXPECT_EQ(correlation.lag_one(), 0);
  Correlation constant;
  for (int i = 0; i < 100; ++i) constant.add(std::vector{5.0});
  EXPECT_EQ(constant.lag_one(), 0);
}

/// A clock that was set back by years: what counts by time counts on from there.
TEST(TimesThatGoBack, SilenceNobody) {
  test::LogPipe pipe;
  Plan plan = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
  plan.min_history = {0, 10};
  plan.relearn_after = {0, 10};
  Pipeline engine(plan, pipe.log);
  const auto judged = [&](std::int64_t end, double p) {
    return engine.judge(test::window_of({end - 1}, {{p}}, end)).overall;
  };
  for (std::int64_t end = 1'000'000; end < 1'000'020; ++end) judged(end, 0.5);
  EXPECT_TRUE(judged(1'000'020, 0.01).anomalous);
  EXPECT_TRUE(judged(100, 0.5).judged()) << "as old as it was";
  for (std::int64_t end = 101; end < 112; ++end) judged(end, 0.01);
  EXPECT_EQ(engine.totals().relearned, 1u);
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  judged(last, 0.01);
  judged(std::numeric_limits<std::int64_t>::min() + 2, 0.01);
}

/// What of the first windows joins the history, by how many of them the test calls anomalous.
class AShortHistory : public testing::Test {
 protected:
  AShortHistory() {
    Plan plan = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
    plan.calibrate = options::Calibrate::own;
    engine_.emplace(std::move(plan), pipe_.log);
  }
  /// Rows learned before this one.
  double learned(double p) {
    ++end_;
    return engine_->judge(test::window_of({end_ - 1}, {{p}}, end_)).results.at(0).evaluation.outputs[0];
  }
  /// p of windows that are usual, without two that are the same.
  double usual() const { return 0.3 + 0.001 * static_cast<double>(end_ * 7919 % 101); }

 private:
  test::LogPipe pipe_;
  std::optional<Pipeline> engine_;
  std::int64_t end_ = 0;
};

TEST_F(AShortHistory, IsSparedAFault) {
  for (int i = 0; i < 60; ++i) learned(usual());
  const double before = learned(1e-9);
  for (int i = 0; i < 14; ++i) learned(1e-9 * (1 + i % 3));
  EXPECT_EQ(learned(usual()), before) << "though the calibrated p got used to it";
}

TEST_F(AShortHistory, TakesInWhatItsTestCallsAnomalousMostOfTheTime) {
  for (int i = 0; i < 90; ++i) learned(i % 3 == 0 ? usual() : 1e-9 * (1 + i % 10));
  EXPECT_GT(learned(usual()), 75) << "all but some of the first";
}

/// Offers a strength and no p: the window's mean.
struct Strong {
  static constexpr Description description{
      .name = "strong", .version = "1", .about = "A strength alone.", .offers_p = false};
  explicit Strong(const Options&) {}
  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    answer.strength = window.column().mean();
    return answer;
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }
};

TEST(AStrengthAlone, IsJudgedAgainstEarlierOnes) {
  test::LogPipe pipe;
  Plan plan = test::plan_of({"x"}, {test::chosen<Strong>()});
  plan.calibrate = options::Calibrate::own;
  Pipeline engine(plan, pipe.log);
  for (int i = 0; i < 200; ++i) {
    const Verdict& verdict = engine.judge(test::window_of({i}, {{1 + i % 10 / 10.0}}, i + 1));
    ASSERT_TRUE(verdict.overall.judged());
    ASSERT_TRUE(std::isnan(verdict.overall.p));
  }
  const Verdict& verdict = engine.judge(test::window_of({200}, {{50}}, 201));
  EXPECT_TRUE(verdict.overall.anomalous);
  EXPECT_GT(verdict.overall.score, 1);
}

TEST(AStrengthAlone, IsRefusedWhereNothingCalibratesIt) {
  test::LogPipe pipe;
  try {
    Pipeline engine(test::plan_of({"x"}, {test::chosen<Strong>()}), pipe.log);
    FAIL() << "none of its windows would ever be anomalous";
  } catch (const Error& refused) {
    EXPECT_NE(std::string(refused.what()).find("'own', since algorithm 'strong' offers no p-value"),
              std::string::npos)
        << refused.what();
  }
}

}  // namespace
}  // namespace oddity::detect
