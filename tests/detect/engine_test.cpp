#include "detect/engine.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scripted.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

using test::window_of;

const double nan = std::nan("");

class EngineTest : public testing::Test {
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
        .findings.at(0)
        .evaluation.outputs[index];
  }
  double learned() { return output(0); }

  window::GroupWindow window;
  test::LogPipe pipe;
  Engine engine{test::plan_of({"x"}, {test::chosen<test::Scripted>()}), pipe.log};
};

TEST_F(EngineTest, AWindowWithPBelowAlphaIsAnomalousAndNotLearned) {
  const Verdict& verdict = judge(0.01, 0);
  EXPECT_TRUE(verdict.anomalous);
  EXPECT_EQ(verdict.p, 0.01);
  EXPECT_EQ(learned(), 0);
}

TEST_F(EngineTest, AWindowWithPAboveAlphaIsLearned) {
  EXPECT_FALSE(judge(0.5, 0).anomalous);
  EXPECT_EQ(learned(), 2);
}

TEST_F(EngineTest, APThatEqualsAlphaIsNeitherAnomalousNorLearned) {
  EXPECT_FALSE(judge(0.05, 0).anomalous);
  EXPECT_EQ(learned(), 0);
}

TEST_F(EngineTest, AWindowWithoutPIsLearned) {
  const Verdict& verdict = judge(11, 0);
  EXPECT_TRUE(std::isnan(verdict.p));
  EXPECT_FALSE(verdict.anomalous);
  EXPECT_EQ(learned(), 2);
}

TEST_F(EngineTest, AWindowWithoutAUsableValueIsNothing) {
  EXPECT_TRUE(judge(nan, 0).findings.empty());
  EXPECT_EQ(engine.totals().empty, 1u);
  EXPECT_EQ(learned(), 0);
}

TEST_F(EngineTest, RowsWithoutAValueAreDropped) {
  window = window_of({0, 1, 2, 3}, {{0.5, nan, 0.5, INFINITY}}, 4);
  engine.judge(window);
  EXPECT_EQ(learned(), 2);
}

TEST_F(EngineTest, OverlappingRowsAreLearnedOnce) {
  judge(0.5, 0, 10);  // learned until 9
  judge(0.5, 5, 10);  // 5 to 14: five of them new
  EXPECT_EQ(learned(), 15);
}

TEST_F(EngineTest, AfterAnAnomalyWhateverIsLaterThanTheLastLearnedIsLearned) {
  judge(0.5, 0, 10);
  judge(0.01, 5, 10);  // anomalous: passes by
  judge(0.5, 8, 10);   // 8 to 17: those after 9 are new to the baseline
  EXPECT_EQ(learned(), 10 + 8);
}

TEST_F(EngineTest, WithoutLearningARowPassesByOnce) {
  judge(0.01, 0, 10);
  judge(0.01, 5, 10);
  EXPECT_EQ(output(2), 15);
}

TEST_F(EngineTest, TimeThatGoesBackIsLearnedWholeAndLoggedOnce) {
  judge(0.5, 100, 10);
  judge(0.5, 0, 10);
  judge(0.5, 10, 10);
  judge(0.5, 0, 10);
  EXPECT_EQ(learned(), 40);
  const std::string log = pipe.read();
  EXPECT_EQ(log.find("time goes backwards"), log.rfind("time goes backwards"));
  EXPECT_NE(log.find("time goes backwards"), std::string::npos);
}

TEST_F(EngineTest, GroupsLearnApart) {
  judge(0.5, 0, 3, "a");
  judge(0.5, 0, 7, "b");
  EXPECT_EQ(learned(), 7);
  window.group = "a";
  EXPECT_EQ(learned(), 3);
  EXPECT_EQ(engine.totals().groups, 2u);
}

TEST_F(EngineTest, ADetectorThatThrowsCostsTheWindowAndStartsAgain) {
  judge(0.5, 0, 10);
  EXPECT_TRUE(judge(2, 10).findings.empty());
  EXPECT_EQ(engine.totals().failures, 1u);
  EXPECT_LE(learned(), 2) << "it started again";
  EXPECT_NE(pipe.read().find("detector 'scripted' failed: as told"), std::string::npos);
}

TEST_F(EngineTest, AnUpdateThatThrowsStartsAgainToo) {
  judge(0.5, 0, 10);
  judge(3, 10);
  EXPECT_EQ(learned(), 0);
}

TEST_F(EngineTest, APValueOutOfRangeIsAFailure) {
  EXPECT_TRUE(judge(4, 0).findings.empty());
  EXPECT_NE(pipe.read().find("expected a p-value from 0 to 1, got 7"), std::string::npos);
}

TEST(EngineOfSeveralFields, EachLearnsByItsOwnP) {
  test::LogPipe pipe;
  Engine engine(test::plan_of({"x", "y"}, {test::chosen<test::Scripted>()}), pipe.log);
  const auto window = window_of({0, 1}, {{0.01, 0.01}, {0.5, 0.5}}, 2);
  const Verdict& verdict = engine.judge(window);
  EXPECT_EQ(verdict.p, 0.02) << "two judged: twice the least";
  const auto next = window_of({2}, {{11}, {11}}, 3);
  const Verdict& later = engine.judge(next);
  EXPECT_EQ(later.findings[0].evaluation.outputs[0], 0) << "x was anomalous";
  EXPECT_EQ(later.findings[1].evaluation.outputs[0], 2) << "y was learned";
}

TEST(EngineOfSeveralFields, ADetectorOfAllFieldsSeesRowsThatHaveAll) {
  test::LogPipe pipe;
  Engine engine(test::plan_of({"x", "y"}, {test::chosen<test::Together>()}), pipe.log);
  const auto window = window_of({0, 1}, {{0.9, 0.1}, {0.4, nan}}, 2);
  const Verdict& verdict = engine.judge(window);
  ASSERT_EQ(verdict.findings.size(), 1u);
  EXPECT_EQ(verdict.p, 0.4);
}

TEST(Score, IsAboveOneWhereTheWindowIsAnomalous) {
  EXPECT_DOUBLE_EQ(score(0.001, 0.001), 1);
  EXPECT_GT(score(0.0001, 0.001), 1);
  EXPECT_EQ(score(1, 0.001), 0);
  EXPECT_FALSE(std::signbit(score(1, 0.001)));
  EXPECT_DOUBLE_EQ(score(0, 0.001), -708 / std::log(0.001)) << "ln p is floored";
}

}  // namespace
}  // namespace oddity::detect
