#include "evaluate/curve.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using test::series_of;
using test::windows_of;

/// A hundred rows with an event in row 50, which is at 5; row 20 is at 3, row 80 at 7.
JudgedSet one_set() {
  std::vector<double> scores(100, 0.5);
  scores[20] = 3;
  scores[50] = 5;
  scores[80] = 7;
  JudgedSet set{"one", Layout::plain, {}};
  set.series.push_back({series_of(100, {{50, 51}}), windows_of(scores)});
  return set;
}

const CurvePoint& at(const Curve& curve, double threshold) {
  const auto found = std::find_if(curve.points.begin(), curve.points.end(),
                                  [&](const CurvePoint& point) { return point.threshold == threshold; });
  EXPECT_NE(found, curve.points.end()) << threshold;
  return found == curve.points.end() ? curve.points[0] : *found;
}

TEST(Curve, IsOfEachThresholdByItself) {
  const std::vector<JudgedSet> sets{one_set()};
  const Rules rules{{}, 0};
  const std::vector<Curve> curves = curves_of(sets, rules, std::vector<double>{7, 5, 3, 1}, 1);
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_EQ(at(curves[0], 7).events.alarms, 0u);
  EXPECT_EQ(at(curves[0], 5).events.false_alarms, 1u);
  EXPECT_EQ(at(curves[0], 5).events.found, 0u);
  EXPECT_EQ(at(curves[0], 3).events.found, 1u);
  EXPECT_EQ(at(curves[0], 1).events.false_alarms, 2u);
  EXPECT_EQ(at(curves[0], 3).macro, 1);
  ASSERT_NE(best_f1(curves[0]), nullptr);
  EXPECT_EQ(best_f1(curves[0])->threshold, 3);
}

TEST(Curve, ThresholdsFallAndTheUsualOneIsAmongThem) {
  const std::vector<JudgedSet> sets{one_set()};
  const std::vector<double> thresholds = thresholds_of(sets, 1);
  EXPECT_TRUE(std::is_sorted(thresholds.begin(), thresholds.end(), std::greater<>()));
  EXPECT_NE(std::find(thresholds.begin(), thresholds.end(), 1.0), thresholds.end());
  for (const double score : {7.0, 5.0, 3.0})
    EXPECT_NE(std::find(thresholds.begin(), thresholds.end(), score), thresholds.end()) << score;
}

TEST(Curve, OfNothingHasTheUsualThresholdAlone) {
  EXPECT_EQ(thresholds_of({}, 1), std::vector<double>{1});
  EXPECT_TRUE(curves_of({}, {}, std::vector<double>{1}, 2).empty());
}

TEST(Curve, OfSeveralSetsHasOneOfAll) {
  const std::vector<JudgedSet> sets{one_set(), one_set()};
  const std::vector<Curve> curves = curves_of(sets, {{}, 0}, std::vector<double>{1}, 2);
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[2].name, "all");
  EXPECT_EQ(curves[2].points[0].events.found, 2u);
  EXPECT_EQ(curves[2].points[0].events.false_alarms, 4u);
}

RC_GTEST_PROP(CurveProperty, DoesNotDependOnTheNumberOfThreads, ()) {
  std::vector<JudgedSet> sets{{"any", Layout::plain, {}}};
  for (int i = 0; i < 5; ++i) {
    auto made = *test::any_series();
    sets[0].series.push_back({std::move(made.series), std::move(made.windows)});
  }
  const std::vector<double> thresholds = thresholds_of(sets, 1);
  const auto one = curves_of(sets, {{}, 0}, thresholds, 1);
  const auto many = curves_of(sets, {{}, 0}, thresholds, 4);
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    RC_ASSERT(one[0].points[i].events.found == many[0].points[i].events.found);
    RC_ASSERT(one[0].points[i].events.weeks == many[0].points[i].events.weeks);
  }
}

}  // namespace
}  // namespace oddity::evaluate
