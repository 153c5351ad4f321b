#include "evaluate/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/detect/scripted.hpp"
#include "made_series.hpp"
#include "support/log_pipe.hpp"

namespace oddity::evaluate {
namespace {

using test::minute;

/// p of a row is its value: 0.0025 is alpha squared, and so twice as high as alpha.
class JudgeRows : public testing::Test {
 protected:
  std::vector<JudgedWindow> judged(const std::vector<double>& values,
                                   std::optional<window::WindowSpec> windows = {}) {
    LabelledSeries series = test::series_of(values.size(), {});
    series.columns[0] = values;
    return judge(series, plan, windows, pipe.log).windows;
  }
  detect::Plan plan = test::plan_of({"value"}, {test::chosen<test::Scripted>()});
  test::LogPipe pipe;
};

TEST_F(JudgeRows, EachRowIsAWindowOfItsOwn) {
  const auto windows = judged({0.5, 0.0025, std::nan(""), 0.05});
  ASSERT_EQ(windows.size(), 4u);
  EXPECT_EQ(windows[1].first, 1u);
  EXPECT_EQ(windows[1].last, 1u);
  EXPECT_NEAR(windows[1].score, 2, 1e-12);
  EXPECT_TRUE(std::isnan(windows[2].score)) << "a missing value is not judged";
  EXPECT_NEAR(windows[3].score, 1, 1e-12);
}

TEST_F(JudgeRows, WindowsAreThoseOfReplayAndEndAtTheirLastRow) {
  const auto windows =
      judged(std::vector<double>(25, 0.05), window::WindowSpec{10 * minute, 10 * minute, false});
  ASSERT_EQ(windows.size(), 2u) << "the last five rows are in none";
  EXPECT_EQ(windows[0].first, 0u);
  EXPECT_EQ(windows[0].last, 9u);
  EXPECT_EQ(windows[1].first, 10u);
  EXPECT_EQ(windows[1].last, 19u);
  EXPECT_NEAR(windows[1].score, 1, 1e-12);
}

TEST_F(JudgeRows, EverySeriesBeginsWithoutAHistory) {
  judged({0.5, 0.5});
  EXPECT_EQ(judged({0.5}).size(), 1u);
  EXPECT_EQ(pipe.read(), "") << "no time goes backwards";
}

}  // namespace
}  // namespace oddity::evaluate
