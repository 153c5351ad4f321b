#include "evaluate/nab_score.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "made_series.hpp"
#include "support/reference.hpp"

namespace oddity::evaluate {
namespace {

using test::odd_in;
using test::series_of;

/// Two hundred rows, an event in rows 100 to 109.
NabScores score(const std::vector<std::size_t>& odd) {
  NabScore nab;
  nab.add(series_of(200, {{100, 110}}), odd_in(200, odd));
  return nab.at(1);
}

double sigma(double y) { return 2 / (1 + std::exp(5 * y)) - 1; }

TEST(Nab, NothingSaidIsZero) {
  for (const double profile : score({})) EXPECT_NEAR(profile, 0, 1e-12);
}

TEST(Nab, TheFirstRowOfEachEventIsAHundred) {
  for (const double profile : score({100})) EXPECT_NEAR(profile, 100, 1e-12);
}

TEST(Nab, OfAnEventTheEarliestDetectionCountsByItsPlace) {
  EXPECT_NEAR(score({105})[0], 100 * (sigma(-0.5) / sigma(-1) + 1) / 2, 1e-12);
  EXPECT_NEAR(score({105, 106, 109})[0], score({105})[0], 1e-12);
  EXPECT_GT(score({109})[0], 50) << "the last row is worth more than nothing";
}

TEST(Nab, AFalseAlarmCostsByItsDistanceBehindTheLastEvent) {
  EXPECT_NEAR(score({100, 118})[0], 100 + 50 * 0.11 * sigma(9.0 / 9), 1e-12);
  EXPECT_NEAR(score({100, 150})[0], 100 - 50 * 0.11, 1e-12) << "more than three lengths";
  EXPECT_NEAR(score({90, 100})[0], 100 - 50 * 0.11, 1e-12) << "before the first event";
  EXPECT_NEAR(score({90, 100})[1], 100 - 50 * 0.22, 1e-12);
}

TEST(Nab, AMissCostsTwiceWhereMissesAreDear) {
  const double twice = score({105})[2];
  EXPECT_NEAR(twice, 100 * (sigma(-0.5) / sigma(-1) + 2) / 3, 1e-12);
}

TEST(Nab, TheFirstFifteenPerCentAreNotScoredAtMost750Rows) {
  EXPECT_EQ(nab_probation(200), 30u);
  EXPECT_EQ(nab_probation(5000), 750u);
  EXPECT_EQ(nab_probation(22695), 750u);
  EXPECT_EQ(nab_probation(1127), 169u);
  EXPECT_NEAR(score({29, 100})[0], 100, 1e-12);
  EXPECT_LT(score({30, 100})[0], 100);
}

TEST(Nab, AnEventInTheseRowsIsNoEvent) {
  NabScore nab;
  nab.add(series_of(200, {{10, 20}}), odd_in(200, {}));
  EXPECT_EQ(nab.events(), 0u);
  EXPECT_TRUE(std::isnan(nab.at(1)[0]));
  EXPECT_TRUE(std::isnan(nab.best().scores[0]));
}

TEST(Nab, BehindAnEventOfASingleRowAFalseAlarmCostsTheWhole) {
  NabScore nab;
  nab.add(series_of(200, {{100, 101}}), odd_in(200, {100, 101}));
  EXPECT_NEAR(nab.at(1)[0], 100 - 50 * 0.11, 1e-12);
}

TEST(Nab, TheBestThresholdMayBeNoneAtAll) {
  NabScore nab;
  nab.add(series_of(200, {{100, 110}}),
          odd_in(200, {30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49}));
  EXPECT_NEAR(nab.best().scores[1], 0, 1e-12);
  EXPECT_TRUE(std::isinf(nab.best().thresholds[1]));
}

TEST(Nab, WindowsWithoutAScoreAreNoDetections) {
  auto windows = odd_in(200, {100});
  windows[50].score = std::nan("");
  NabScore nab;
  nab.add(series_of(200, {{100, 110}}), windows);
  EXPECT_NEAR(nab.best().scores[0], 100, 1e-12);
}

std::size_t profile_named(const std::string& name) {
  for (std::size_t i = 0; i < nab_profiles.size(); ++i) {
    if (name == nab_profiles[i].name) return i;
  }
  return nab_profiles.size();
}

std::vector<Event> events_of(const test::Record& record) {
  std::vector<Event> events;
  for (std::size_t i = 3; i + 1 < record.size(); i += 2)
    events.push_back({std::stoul(record[i]), std::stoul(record[i + 1])});
  return events;
}

TEST(Nab, AgreesWithAnotherImplementation) {
  std::map<std::string, NabScore> cases;
  LabelledSeries series;
  int compared = 0;
  for (const test::Record& record : test::read_reference("nab.csv")) {
    NabScore& nab = cases[record.at(1)];
    if (record[0] == "series") {
      series = series_of(std::stoul(record[2]), events_of(record));
    } else if (record[0] == "scores") {
      std::vector<double> scores;
      for (std::size_t i = 2; i < record.size(); ++i) scores.push_back(std::stod(record[i]));
      ASSERT_EQ(scores.size(), series.rows());
      nab.add(series, test::windows_of(scores));
    } else {
      const std::size_t profile = profile_named(record.at(2));
      const double threshold = std::stod(record[3]);
      const auto best = nab.best();
      EXPECT_NEAR(record[0] == "at" ? nab.at(threshold).at(profile) : best.scores.at(profile),
                  std::stod(record[4]), 1e-9);
      EXPECT_EQ(record[0] == "at" ? threshold : best.thresholds.at(profile), threshold);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 6 * 3 * 4);
}

RC_GTEST_PROP(NabProperty, APerfectDetectorScoresAHundredAndASilentOneNothing, ()) {
  NabScore perfect, silent;
  const auto count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    const auto made = *test::any_series();
    std::vector<std::size_t> begins;
    for (const Event& event : made.series.events) begins.push_back(event.begin);
    perfect.add(made.series, odd_in(made.series.rows(), begins));
    silent.add(made.series, odd_in(made.series.rows(), {}));
  }
  RC_PRE(perfect.events() > 0u);
  for (std::size_t i = 0; i < nab_profiles.size(); ++i) {
    RC_ASSERT(std::abs(perfect.at(1)[i] - 100) < 1e-9);
    RC_ASSERT(std::abs(perfect.best().scores[i] - 100) < 1e-9);
    RC_ASSERT(std::abs(silent.at(1)[i]) < 1e-9);
  }
}

RC_GTEST_PROP(NabProperty, NoThresholdIsBetterThanTheBest, ()) {
  const auto made = *test::any_series();
  RC_PRE(!made.series.events.empty());
  NabScore nab;
  nab.add(made.series, made.windows);
  const auto best = nab.best();
  for (int tenth = -1; tenth < 16; ++tenth) {
    const NabScores there = nab.at(0.1 * tenth + 0.05);
    for (std::size_t i = 0; i < there.size(); ++i) RC_ASSERT(there[i] <= best.scores[i] + 1e-9);
  }
}

RC_GTEST_PROP(NabProperty, TheOrderOfSeriesDoesNotMatter, ()) {
  const auto one = *test::any_series();
  const auto other = *test::any_series();
  RC_PRE(!one.series.events.empty() || !other.series.events.empty());
  NabScore forth, back;
  forth.add(one.series, one.windows);
  forth.add(other.series, other.windows);
  back.add(other.series, other.windows);
  back.add(one.series, one.windows);
  for (std::size_t i = 0; i < nab_profiles.size(); ++i) {
    RC_ASSERT(std::abs(forth.at(1)[i] - back.at(1)[i]) < 1e-9);
    RC_ASSERT(std::abs(forth.best().scores[i] - back.best().scores[i]) < 1e-9);
  }
}

}  // namespace
}  // namespace oddity::evaluate
