#include "evaluate/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

JudgedSeries judged(std::size_t rows, std::vector<Event> events, const std::vector<std::size_t>& odd) {
  return {test::series_of(rows, std::move(events)), test::odd_in(rows, odd)};
}

/// A set of two series, one of which has no event, and one of NAB's.
class Reports : public testing::Test {
 protected:
  Reports() {
    JudgedSet plain{"plain", Layout::plain, {}};
    plain.series.push_back(judged(2000, {{1500, 1510}, {1900, 1910}}, {1502, 1700}));
    plain.series.push_back(judged(2000, {}, {}));
    JudgedSet nab{"nab", Layout::nab, {}};
    nab.series.push_back(judged(200, {{100, 110}}, {100}));
    sets = {plain, nab};
  }
  Report report(const Rules& rules = {}) const {
    Report made;
    made.judged_by = "size=5";
    const std::vector<double> thresholds{1.5, 1};
    for (const JudgedSet& set : sets) made.sets.push_back(result_of(set, rules, thresholds));
    made.all = result_of_all(sets, made.sets, rules, thresholds);
    made.curves = curves_of(sets, rules, thresholds, 1);
    return made;
  }
  std::vector<JudgedSet> sets;
};

TEST_F(Reports, EachLayoutSkipsItsOwnRows) {
  EXPECT_EQ(skipped_rows(sets[0].series[0].series, Layout::plain, {}), 1440u);
  EXPECT_EQ(skipped_rows(sets[1].series[0].series, Layout::nab, {}), 30u);
  EXPECT_EQ(skipped_rows(sets[1].series[0].series, Layout::nab, {{}, 7}), 7u);
  sets[0].series[0].series.train = 99;
  EXPECT_EQ(skipped_rows(sets[0].series[0].series, Layout::plain, {}), 99u);
}

TEST_F(Reports, TheMacroRecallIsOfSeriesThatHaveEvents) {
  const Report made = report();
  EXPECT_EQ(made.sets[0].macro, 0.5);
  EXPECT_EQ(made.all->macro, 0.75);
  EXPECT_EQ(made.all->events.found, 2u);
  EXPECT_EQ(made.all->events.events, 3u);
}

TEST_F(Reports, NabsScoreIsOfNabsSetsAlone) {
  const Report made = report();
  EXPECT_FALSE(made.sets[0].nab);
  ASSERT_TRUE(made.sets[1].nab);
  EXPECT_NEAR(made.sets[1].nab->at_threshold[0], 100, 1e-9);
  EXPECT_NEAR(made.all->nab->best.scores[2], 100, 1e-9);
}

TEST_F(Reports, NabsScoreOfAlarmsIsOfFewerRows) {
  sets[1].series[0] = judged(200, {{100, 110}}, {50, 51, 52, 100});
  const Report made = report();
  EXPECT_NEAR(made.sets[1].nab->at_threshold[0], 100 - 3 * 50 * 0.11, 1e-9);
  EXPECT_NEAR(made.sets[1].nab->alarms[0], 100 - 50 * 0.11, 1e-9) << "48 quiet rows later there is another";
}

TEST_F(Reports, TheBestScoreOfAlarmsIsThatOfTheBestOfTheThresholdsThatAreTried) {
  sets[1].series[0] = judged(200, {{100, 110}}, {50, 100});
  sets[1].series[0].windows[50].score = 1.2;
  const Report made = report();
  EXPECT_NEAR(made.sets[1].nab->best_alarms.scores[0], 100, 1e-9);
  EXPECT_EQ(made.sets[1].nab->best_alarms.thresholds[0], 1.5);
  sets[1].series[0] = judged(200, {{100, 110}}, {50});
  const Report none = report();
  EXPECT_EQ(none.sets[1].nab->best_alarms.scores[0], 0) << "where nothing is odd";
  EXPECT_TRUE(std::isinf(none.sets[1].nab->best_alarms.thresholds[0]));
}

TEST_F(Reports, UcrsRuleIsAskedWhereEverySeriesAllowsIt) {
  EXPECT_FALSE(report().sets[0].ucr);
  JudgedSet ucr{"ucr", Layout::plain, {}};
  ucr.series = {judged(2000, {{1500, 1510}}, {1502}), judged(2000, {{1500, 1510}}, {400})};
  for (JudgedSeries& one : ucr.series) one.series.train = 300;
  sets.push_back(ucr);
  const Report made = report();
  ASSERT_TRUE(made.sets[2].ucr);
  EXPECT_EQ(made.sets[2].ucr->right, 1u);
  EXPECT_EQ(made.sets[2].ucr->series, 2u);
  EXPECT_EQ(made.all->ucr->series, 2u) << "of those sets that have it";
  EXPECT_THAT(table(made, false), HasSubstr("1/2   0.50"));
}

TEST_F(Reports, TheTableHasALineForEachSetAndAll) {
  std::istringstream lines(table(report(), false));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  EXPECT_EQ(all[0], "size=5");
  EXPECT_EQ(all[2],
            "threshold 1  series  rows   weeks  found  recall  macro  false  a week  precision    F1  "
            "delay/rows  delay  odd outside/%");
  EXPECT_EQ(all[3],
            "plain             2  4000     0.1    1/2    0.50   0.50      1    9.00       0.50  0.50         "
            "  2     2m           0.09");
  EXPECT_THAT(all[4], HasSubstr("nab"));
  EXPECT_THAT(all[5], HasSubstr("all"));
  EXPECT_THAT(table(report(), false), Not(HasSubstr("made")));
}

TEST_F(Reports, BySeriesHasALineForEachOfThem) {
  EXPECT_THAT(table(report(), true), HasSubstr("\nplain made  "));
  EXPECT_THAT(table(report(), true), HasSubstr("\nnab made  "));
}

TEST_F(Reports, JsonHasTheSameAndTheCurves) {
  const json document = json::parse(evaluate::json(report(), true));
  EXPECT_EQ(document["judgedBy"], "size=5");
  const json& plain = document["sets"][0];
  EXPECT_EQ(plain["name"], "plain");
  EXPECT_EQ(plain["found"], 1);
  EXPECT_EQ(plain["macroRecall"], 0.5);
  EXPECT_EQ(plain["medianDelaySeconds"], 120);
  EXPECT_EQ(plain["curve"][1]["falseAlarms"], 1);
  EXPECT_EQ(plain["bySeries"][1]["recall"], json()) << "no events, no recall";
  EXPECT_FALSE(plain.contains("nab"));
  EXPECT_NEAR(document["sets"][1]["nab"]["oddRows"]["standard"].get<double>(), 100, 1e-9);
  EXPECT_EQ(document["all"]["series"], 3);
  EXPECT_FALSE(json::parse(evaluate::json(report(), false))["sets"][0].contains("bySeries"));
}

}  // namespace
}  // namespace oddity::evaluate
