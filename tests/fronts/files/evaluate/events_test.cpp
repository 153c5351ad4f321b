#include "evaluate/events.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using test::minute;
using test::odd_in;
using test::series_of;

/// A hundred rows, events in rows 40 to 43 and 70.
EventScore score(const std::vector<std::size_t>& odd, const EventRule& rule = {}) {
  return score_events(series_of(100, {{40, 44}, {70, 71}}), odd_in(100, odd), rule, {});
}

TEST(Events, OneIsFoundByAnAlarmInAnyOfItsRows) {
  EXPECT_EQ(score({40}).found, 1u);
  EXPECT_EQ(score({43}).found, 1u);
  EXPECT_EQ(score({40}).false_alarms, 0u);
  EXPECT_EQ(score({39}).found, 0u);
  EXPECT_EQ(score({39}).false_alarms, 1u);
}

TEST(Events, TwoRowsBehindItStillBelongToIt) {
  EXPECT_EQ(score({45}).found, 1u);
  EXPECT_EQ(score({46}).found, 0u);
  EXPECT_EQ(score({46}).false_alarms, 1u);
}

TEST(Events, SeveralAlarmsInOneCountOnce) {
  auto windows = odd_in(100, {40, 41});
  windows[41].score = 3;
  const EventScore both = score_events(series_of(100, {{40, 44}}), windows, {}, {});
  EXPECT_EQ(both.alarms, 2u);
  EXPECT_EQ(both.found, 1u);
  EXPECT_EQ(both.false_alarms, 0u);
}

TEST(Events, AnAlarmThatIsHeldBackFindsNothing) {
  const EventScore held = score({35, 41});
  EXPECT_EQ(held.found, 0u) << "row 41 follows upon row 35: nobody is called a second time";
  EXPECT_EQ(held.false_alarms, 1u);
}

TEST(Events, RatiosAreOfEventsAndFalseAlarms) {
  const EventScore one = score({5, 41, 95});
  EXPECT_DOUBLE_EQ(one.recall(), 0.5);
  EXPECT_DOUBLE_EQ(one.precision(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(one.f1(), 2.0 * 1 / (1 + 2 + 2));
  EXPECT_DOUBLE_EQ(one.weeks, 100.0 / (7 * 24 * 60));
  EXPECT_DOUBLE_EQ(one.false_alarms_a_week(), 2 / one.weeks);
  EXPECT_DOUBLE_EQ(one.odd_share_outside(), 2.0 / (100 - 6 - 3));
}

TEST(Events, WithoutAnyRatiosAreNoNumbers) {
  const EventScore none = score_events(series_of(10, {}), odd_in(10, {}), {}, {});
  EXPECT_TRUE(std::isnan(none.recall()));
  EXPECT_TRUE(std::isnan(none.precision()));
  EXPECT_TRUE(std::isnan(none.f1()));
  EXPECT_EQ(none.false_alarms_a_week(), 0);
}

TEST(Events, DelayIsFromTheBeginToTheFirstAlarm) {
  const EventScore one = score({42, 70});
  EXPECT_EQ(one.found, 2u);
  ASSERT_EQ(one.delays.size(), 2u);
  EXPECT_EQ(one.delays[0].rows, 2u);
  EXPECT_EQ(one.delays[0].time, 2 * minute);
  EXPECT_EQ(one.delays[1].rows, 0u);
  EXPECT_EQ(one.median_delay().rows, 0u) << "of two the lesser";
}

TEST(Events, ADelayOfCenturiesIsTheLongestThatThereIs) {
  LabelledSeries series = series_of(2, {{0, 2}});
  series.times = {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  const EventScore one = score_events(series, odd_in(2, {1}), {}, {});
  EXPECT_EQ(one.median_delay().time, std::numeric_limits<std::int64_t>::max());
}

TEST(Events, RowsToSkipHaveNeitherEventsNorAlarms) {
  const EventScore late = score({5, 41, 70}, {50});
  EXPECT_EQ(late.events, 1u);
  EXPECT_EQ(late.found, 1u);
  EXPECT_EQ(late.alarms, 1u);
  EXPECT_EQ(late.false_alarms, 0u);
  EXPECT_DOUBLE_EQ(late.weeks, 50.0 / (7 * 24 * 60));
}

TEST(Events, AnAlarmInAnEventThatBeganInRowsToSkipIsNeitherFoundNorFalse) {
  const EventScore cut = score({43}, {42});
  EXPECT_EQ(cut.events, 1u);
  EXPECT_EQ(cut.found, 0u);
  EXPECT_EQ(cut.alarms, 1u);
  EXPECT_EQ(cut.false_alarms, 0u);
}

TEST(Events, AnAlarmInRowsToSkipHoldsBackTheNext) { EXPECT_EQ(score({65, 70}, {66}).found, 0u); }

TEST(Events, AWindowOfManyRowsFindsAnEventThatItTouches) {
  const auto series = series_of(100, {{40, 44}});
  const std::vector<JudgedWindow> hours{{0, 29, 0}, {30, 59, 2}, {60, 89, 0}};
  const EventScore one = score_events(series, hours, {}, {});
  EXPECT_EQ(one.found, 1u);
  EXPECT_EQ(one.false_alarms, 0u);
  EXPECT_EQ(one.delays.at(0).rows, 19u) << "it is known at the window's last row";
  EXPECT_EQ(one.outside, 2u);
}

TEST(Events, AnAlarmOfTwoEventsFindsBoth) {
  const std::vector<JudgedWindow> hour{{30, 80, 2}};
  EXPECT_EQ(score_events(series_of(100, {{40, 44}, {70, 71}}), hour, {}, {}).found, 2u);
}

TEST(Events, AWindowThatWasNotJudgedIsNotOutside) {
  auto windows = odd_in(100, {});
  windows[10].score = std::nan("");
  EXPECT_EQ(score_events(series_of(100, {}), windows, {}, {}).outside, 99u);
}

TEST(Events, OfSeveralSeriesEachNumberIsTheSum) {
  EventScore all{1, 20, 300, 4'000, 50'000, 600'000, 7'000'000, 80'000'000, 900'000'000, {{1, 2}}};
  all.add({2, 30, 400, 5'000, 60'000, 700'000, 8'000'000, 90'000'000, 1'000'000'000, {{3, 4}, {5, 6}}});
  EXPECT_EQ(all.series, 3u);
  EXPECT_EQ(all.rows, 50u);
  EXPECT_EQ(all.weeks, 700);
  EXPECT_EQ(all.events, 9'000u);
  EXPECT_EQ(all.found, 110'000u);
  EXPECT_EQ(all.alarms, 1'300'000u);
  EXPECT_EQ(all.false_alarms, 15'000'000u);
  EXPECT_EQ(all.outside, 170'000'000u);
  EXPECT_EQ(all.odd_outside, 1'900'000'000u);
  ASSERT_EQ(all.delays.size(), 3u);
  EXPECT_EQ(all.delays[0].time, 2);
  EXPECT_EQ(all.delays[2].rows, 5u);
}

RC_GTEST_PROP(EventsProperty, EveryAlarmIsOfAnEventOrFalse, ()) {
  const auto made = *test::any_series();
  const EventScore score = score_events(made.series, made.windows, {}, {});
  RC_ASSERT(score.found <= score.events);
  RC_ASSERT(score.found + score.false_alarms <= score.alarms);
  RC_ASSERT(score.delays.size() == score.found);
  RC_ASSERT(score.false_alarms <= score.odd_outside);
}

RC_GTEST_PROP(EventsProperty, TheOrderOfSeriesDoesNotMatter, ()) {
  const auto one = *test::any_series();
  const auto other = *test::any_series();
  EventScore forth = score_events(one.series, one.windows, {}, {});
  EventScore back = score_events(other.series, other.windows, {}, {});
  const EventScore first = forth;
  forth.add(back);
  back.add(first);
  RC_ASSERT(forth.found == back.found && forth.events == back.events &&
            forth.false_alarms == back.false_alarms);
  RC_ASSERT(forth.weeks == back.weeks);
  RC_ASSERT(forth.median_delay().rows == back.median_delay().rows);
}

}  // namespace
}  // namespace oddity::evaluate
