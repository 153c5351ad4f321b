#include "detect/pipeline.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "scripted.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

using test::window_of;

const double nan = std::nan("");

class PipelineTest : public testing::Test {
 protected:
  /// A window whose rows all have the value that scripts the answer.
  const Verdict& judge(double value, std::int64_t start, std::int64_t rows = 2,
                       const std::string& group = "") {
    std::vector<std::int64_t> times;
    for (std::int64_t i = 0; i < rows; ++i) times.push_back(start + i);
    window = window_of(times, {std::vector<double>(times.size(), value)}, start + rows, group);
    return engine.judge(window);
  }
  double output(std::size_t index) {
    return engine.judge(window_of({1'000'000}, {{11}}, 2'000'000, window.group))
        .results.at(0)
        .evaluation.outputs[index];
  }
  double learned() { return output(0); }

  window::GroupWindow window;
  test::LogPipe pipe;
  Pipeline engine{test::plan_of({"x"}, {test::chosen<test::Scripted>()}), pipe.log};
};

TEST_F(PipelineTest, AWindowWithPBelowAlphaIsAnomalousAndNotLearned) {
  const Verdict& verdict = judge(0.01, 0);
  EXPECT_TRUE(verdict.overall.anomalous);
  EXPECT_EQ(verdict.overall.p, 0.01);
  EXPECT_EQ(learned(), 0);
}

TEST_F(PipelineTest, AWindowWithPAboveAlphaIsLearned) {
  EXPECT_FALSE(judge(0.5, 0).overall.anomalous);
  EXPECT_EQ(learned(), 2);
}

TEST_F(PipelineTest, APThatEqualsAlphaIsNeitherAnomalousNorLearned) {
  EXPECT_FALSE(judge(0.05, 0).overall.anomalous);
  EXPECT_EQ(learned(), 0);
}

TEST_F(PipelineTest, AWindowWithoutPIsLearned) {
  const Verdict& verdict = judge(11, 0);
  EXPECT_TRUE(std::isnan(verdict.overall.p));
  EXPECT_FALSE(verdict.overall.anomalous);
  EXPECT_EQ(learned(), 2);
}

TEST_F(PipelineTest, AWindowWithoutAUsableValueIsNothing) {
  EXPECT_TRUE(judge(nan, 0).results.empty());
  EXPECT_EQ(engine.totals().empty, 1u);
  EXPECT_EQ(learned(), 0);
}

TEST_F(PipelineTest, RowsWithoutAValueAreDropped) {
  window = window_of({0, 1, 2, 3}, {{0.5, nan, 0.5, INFINITY}}, 4);
  engine.judge(window);
  EXPECT_EQ(learned(), 2);
}

TEST_F(PipelineTest, OverlappingRowsAreLearnedOnce) {
  judge(0.5, 0, 10);  // learned until 9
  judge(0.5, 5, 10);  // 5 to 14: five of them new
  EXPECT_EQ(learned(), 15);
}

TEST_F(PipelineTest, AfterAnAnomalyWhateverIsLaterThanTheLastLearnedIsLearned) {
  judge(0.5, 0, 10);
  judge(0.01, 5, 10);  // anomalous: passes by
  judge(0.5, 8, 10);   // 8 to 17: those after 9 are new to the baseline
  EXPECT_EQ(learned(), 10 + 8);
}

TEST_F(PipelineTest, WithoutLearningARowPassesByOnce) {
  judge(0.01, 0, 10);
  judge(0.01, 5, 10);
  EXPECT_EQ(output(2), 15);
}

TEST_F(PipelineTest, TimeThatGoesBackIsLearnedWholeAndLoggedOnce) {
  judge(0.5, 100, 10);
  judge(0.5, 0, 10);
  judge(0.5, 10, 10);
  judge(0.5, 0, 10);
  EXPECT_EQ(learned(), 40);
  EXPECT_EQ(engine.totals().backwards, 2u);
  const std::string log = pipe.read();
  EXPECT_EQ(log.find("time goes backwards"), log.rfind("time goes backwards"));
  EXPECT_NE(log.find("time goes backwards"), std::string::npos);
}

/// Kapacitor sends one window again after some of its own restarts.
TEST_F(PipelineTest, AWindowOfTheSameEndIsNoStepBackAndIsLearnedOnce) {
  judge(0.5, 100, 10);
  judge(0.5, 100, 10);
  EXPECT_EQ(learned(), 10);
  EXPECT_EQ(engine.totals().repeated, 1u);
  EXPECT_EQ(engine.totals().backwards, 0u);
  EXPECT_EQ(pipe.read().find("time goes backwards"), std::string::npos);
}

/// Rows stand in order of arrival: the latest time need not be that of the last row.
TEST_F(PipelineTest, ALateRowAtTheEndDoesNotMakeRowsLearnedTwice) {
  window = window_of({0, 1, 9, 2}, {{0.5, 0.5, 0.5, 0.5}}, 10);
  engine.judge(window);
  window = window_of({1, 9, 2, 11}, {{0.5, 0.5, 0.5, 0.5}}, 12);  // overlaps: only 11 is new
  engine.judge(window);
  EXPECT_EQ(learned(), 4 + 1);
}

TEST_F(PipelineTest, GroupsLearnApart) {
  judge(0.5, 0, 3, "a");
  judge(0.5, 0, 7, "b");
  EXPECT_EQ(learned(), 7);
  window.group = "a";
  EXPECT_EQ(learned(), 3);
  EXPECT_EQ(engine.totals().groups, 2u);
}

TEST_F(PipelineTest, ADetectorThatThrowsCostsTheWindowAndStartsAgain) {
  judge(0.5, 0, 10);
  EXPECT_TRUE(judge(2, 10).results.empty());
  EXPECT_EQ(engine.totals().failures, 1u);
  EXPECT_LE(learned(), 2) << "it started again";
  EXPECT_NE(pipe.read().find("detector 'scripted' failed: as told"), std::string::npos);
}

TEST_F(PipelineTest, AnUpdateThatThrowsStartsAgainToo) {
  judge(0.5, 0, 10);
  judge(3, 10);
  EXPECT_EQ(learned(), 0);
}

TEST_F(PipelineTest, APValueOutOfRangeIsAFailure) {
  EXPECT_TRUE(judge(4, 0).results.empty());
  EXPECT_NE(pipe.read().find("expected a p-value from 0 to 1, got 7"), std::string::npos);
}

TEST_F(PipelineTest, AnAnswerThatIsInfiniteOrUnknownIsAFailure) {
  EXPECT_TRUE(judge(6, 0).results.empty());
  EXPECT_TRUE(judge(7, 2).results.empty());
  EXPECT_EQ(engine.totals().failures, 2u);
}

TEST_F(PipelineTest, FailuresAreToldOnceInAWhileWithTheGroup) {
  for (int i = 0; i < 100; ++i) judge(2, 2 * i, 2, "host=a");
  EXPECT_EQ(engine.totals().failures, 100u);
  EXPECT_EQ(
      pipe.read(),
      "oddity: group 'host=a': detector 'scripted' failed: as told; no result for this window, its group "
      "starts again\n");
}

class EngineOfTheForgetful : public testing::Test {
 protected:
  const Verdict& judge(double x, double y, std::int64_t end, const std::string& group) {
    window = window_of({end - 1}, {{x}, {y}}, end, group);
    return engine.judge(window);
  }
  window::GroupWindow window;
  test::LogPipe pipe;
  Pipeline engine{test::plan_of({"x", "y"}, {test::chosen<test::Forgetful>()}), pipe.log};
};

TEST_F(EngineOfTheForgetful, AJudgedWindowWithoutADeclaredFieldIsToldAndKept) {
  judge(3, 3, 1, "host=a");
  EXPECT_EQ(pipe.read(), "") << "nothing is missing";
  const Verdict& verdict = judge(3, 1, 2, "host=b");
  EXPECT_EQ(verdict.results.size(), 2u) << "what is there is said";
  EXPECT_EQ(engine.totals().failures, 0u);
  for (int i = 3; i < 50; ++i) judge(1, 1, i, "host=a");
  EXPECT_EQ(
      pipe.read(),
      "oddity: group 'host=b': detector 'forgetful' judged a window without 'effect', which it declares: "
      "an alert that names this field stays silent; its author can find it by 'oddity plugin check'\n");
}

TEST_F(EngineOfTheForgetful, AWindowWithoutAnAnswerIsToldOnceAFieldAndCounted) {
  judge(3, 1e200, 1, "host=a");
  for (int i = 2; i < 10; ++i) judge(3, 20, i, "host=a");
  judge(20, 3, 10, "host=b");
  EXPECT_EQ(engine.totals().unanswered, 10u);
  const std::string log = pipe.read();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2) << log;
  EXPECT_NE(
      log.find("group 'host=a', field 'y': detector 'forgetful' has no answer for 1 values from 1e+200 to "
               "1e+200: their squares are too large for a double"),
      std::string::npos)
      << log;
  EXPECT_NE(log.find("group 'host=b', field 'x'"), std::string::npos) << log;
}

/// Asks, from inside of its own call, who it is said to be.
struct Curious {
  static constexpr Description description{.name = "curious", .version = "1", .about = "Asks who it is."};
  explicit Curious(const Options&) {}
  Evaluation evaluate(const Window&, const Question&) const {
    seen = call->what() + " for " + call->where();
    return {};
  }
  void update(const Window&, Learn) {}
  void snapshot(StateWriter&) const {}
  void restore(StateReader&, std::uint32_t) {}
  std::size_t footprint() const noexcept { return sizeof *this; }

  static inline const RunningCall* call = nullptr;  // a detector is given nothing but its options
  static inline std::string seen;
};

TEST(EngineCalls, AreNamedWhileTheyRun) {
  RunningCall call;
  Curious::call = &call;
  test::LogPipe pipe;
  Pipeline engine(test::plan_of({"x"}, {test::chosen<Curious>()}), pipe.log, &call);
  engine.judge(window_of({0}, {{1}}, 1, "host=a"));
  EXPECT_EQ(Curious::seen, "detector 'curious' for group 'host=a'");
  EXPECT_EQ(call.what(), "the agent");
}

class Forgetting : public testing::Test {
 protected:
  static detect::Plan plan(std::int64_t ttl, std::size_t max) {
    auto made = test::plan_of({"x"}, {test::chosen<test::Scripted>()});
    made.ttl = ttl;
    made.max_groups = max;
    return made;
  }
  /// How much the group had learned before this window.
  static double learned(Pipeline& engine, const char* group, std::int64_t end) {
    return engine.judge(window_of({end - 1}, {{11}}, end, group)).results.at(0).evaluation.outputs[0];
  }
  test::LogPipe pipe;
};

TEST_F(Forgetting, AGroupThatComesBackAfterItsTimeStartsFresh) {
  Pipeline engine(plan(100, 10), pipe.log);
  learned(engine, "a", 10);
  EXPECT_EQ(learned(engine, "a", 110), 1) << "just in time";
  EXPECT_EQ(learned(engine, "a", 211), 0) << "too late";
  EXPECT_EQ(engine.totals().expired, 1u);
}

TEST_F(Forgetting, AGroupThatStaysAwayIsForgottenByTheOthersTime) {
  Pipeline engine(plan(100, 10), pipe.log);
  learned(engine, "gone", 10);
  for (std::int64_t end = 20; end <= 110; end += 10) learned(engine, "b", end);
  EXPECT_EQ(engine.totals().groups, 2u);
  learned(engine, "b", 115);
  learned(engine, "b", 120);
  EXPECT_EQ(engine.totals().groups, 1u);
}

TEST_F(Forgetting, OneWindowFarInTheFutureForgetsNobody) {
  Pipeline engine(plan(100, 10), pipe.log);
  learned(engine, "a", 10);
  learned(engine, "b", 10);
  learned(engine, "astray", 1'000'000);
  EXPECT_EQ(learned(engine, "a", 20), 1);
  EXPECT_EQ(learned(engine, "b", 20), 1);
}

TEST_F(Forgetting, WithoutATimeNothingAges) {
  Pipeline engine(plan(0, 10), pipe.log);
  learned(engine, "a", 10);
  EXPECT_EQ(learned(engine, "a", 1'000'000'000'000), 1);
  EXPECT_EQ(engine.totals().expired, 0u);
}

/// Found by fuzzing: the earliest times have no time before them.
TEST_F(Forgetting, AtTheEarliestTimesNothingAges) {
  constexpr std::int64_t earliest = std::numeric_limits<std::int64_t>::min();
  Pipeline engine(plan(100, 10), pipe.log);
  learned(engine, "a", earliest + 2);
  EXPECT_EQ(learned(engine, "a", earliest + 3), 1);
  EXPECT_EQ(engine.totals().expired, 0u);
}

TEST_F(Forgetting, BeyondANumberTheLeastRecentlyUsedGoesAndThatIsTold) {
  Pipeline engine(plan(0, 2), pipe.log);
  learned(engine, "a", 10);
  learned(engine, "b", 10);
  learned(engine, "a", 20);
  learned(engine, "c", 20);
  EXPECT_EQ(engine.totals().groups, 2u);
  EXPECT_EQ(engine.totals().evicted, 1u);
  EXPECT_EQ(pipe.read(),
            "oddity: more than 2 groups: the least recently used are forgotten, 1 so far (maxGroups)\n");
  EXPECT_EQ(learned(engine, "a", 30), 2);
  EXPECT_EQ(learned(engine, "b", 30), 0);
}

TEST(PipelineOfSeveralFields, EachLearnsByItsOwnP) {
  test::LogPipe pipe;
  Pipeline engine(test::plan_of({"x", "y"}, {test::chosen<test::Scripted>()}), pipe.log);
  const auto window = window_of({0, 1}, {{0.01, 0.01}, {0.5, 0.5}}, 2);
  const Verdict& verdict = engine.judge(window);
  EXPECT_EQ(verdict.overall.p, 0.02) << "two judged: twice the least";
  const auto next = window_of({2}, {{11}, {11}}, 3);
  const Verdict& later = engine.judge(next);
  EXPECT_EQ(later.results[0].evaluation.outputs[0], 0) << "x was anomalous";
  EXPECT_EQ(later.results[1].evaluation.outputs[0], 2) << "y was learned";
}

/// Two of one field decide together by twice the least p, as the whole window does.
TEST(PipelineOfSeveralDetectors, WhatIsLearnedIsDecidedByAllOfTheField) {
  test::LogPipe pipe;
  Pipeline engine(test::plan_of({"x"}, {test::chosen<test::Scripted>(), test::chosen<test::Echoing>()}),
                  pipe.log);
  engine.judge(window_of({0, 1}, {{0.03, 0.03}}, 2));  // 2 * 0.03 is above alpha, 0.03 is not
  const auto silent = window_of({10}, {{11}}, 20);
  EXPECT_EQ(engine.judge(silent).results[0].evaluation.outputs[0], 2) << "learned";
  engine.judge(window_of({30, 31}, {{0.02, 0.02}}, 40));  // 2 * 0.02 is not
  const auto later = window_of({50}, {{11}}, 60);
  EXPECT_EQ(engine.judge(later).results[0].evaluation.outputs[0], 2 + 1)
      << "passed by; the silent one was learned";
}

TEST(PipelineOfSeveralFields, ADetectorOfAllFieldsSeesRowsThatHaveAll) {
  test::LogPipe pipe;
  Pipeline engine(test::plan_of({"x", "y"}, {test::chosen<test::Together>()}), pipe.log);
  const auto window = window_of({0, 1}, {{0.9, 0.1}, {0.4, nan}}, 2);
  const Verdict& verdict = engine.judge(window);
  ASSERT_EQ(verdict.results.size(), 1u);
  EXPECT_EQ(verdict.overall.p, 0.4);
}

class AskedDirection : public testing::TestWithParam<Direction> {};

TEST_P(AskedDirection, IsThatOfTheOptions) {
  test::LogPipe pipe;
  Plan plan = test::plan_of({"x"}, {test::chosen<test::Echoing>()});
  plan.direction = GetParam();
  Pipeline engine(std::move(plan), pipe.log);
  const auto window = window_of({0, 1}, {{0.5, 0.5}}, 2);
  EXPECT_EQ(engine.judge(window).results.at(0).evaluation.outputs[0], static_cast<double>(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Each, AskedDirection,
                         testing::Values(Direction::both, Direction::above, Direction::below));

TEST(DirectionThatIsNotServed, IsAnErrorOfTheOptions) {
  test::LogPipe pipe;
  Plan plan = test::plan_of({"x", "y"}, {test::chosen<test::Echoing>(), test::chosen<test::Scripted>(),
                                         test::chosen<test::Together>()});
  plan.direction = Direction::below;
  try {
    const Pipeline engine(std::move(plan), pipe.log);
    FAIL();
  } catch (const Error& error) {
    ASSERT_EQ(error.diagnostics().size(), 2u) << "one for each algorithm";
    EXPECT_EQ(error.diagnostics()[0].sentence(),
              "option 'direction': expected one that algorithm 'scripted' serves: both, got 'below'");
  }
}

}  // namespace
}  // namespace oddity::detect
