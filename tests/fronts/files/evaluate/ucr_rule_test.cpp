#include "evaluate/ucr_rule.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using test::odd_in;

LabelledSeries series(std::vector<Event> events = {{700, 750}}) {
  LabelledSeries made = test::series_of(1000, std::move(events));
  made.train = 300;
  return made;
}

TEST(Ucr, TheHighestPlaceIsRightWithinAHundredRows) {
  EXPECT_TRUE(ucr_right(series(), odd_in(1000, {720})));
  EXPECT_TRUE(ucr_right(series(), odd_in(1000, {600})));
  EXPECT_FALSE(ucr_right(series(), odd_in(1000, {599})));
  EXPECT_TRUE(ucr_right(series(), odd_in(1000, {849})));
  EXPECT_FALSE(ucr_right(series(), odd_in(1000, {850})));
}

TEST(Ucr, OnlyTheHighestCounts) {
  auto windows = odd_in(1000, {400, 720});
  windows[720].score = 3;
  EXPECT_TRUE(ucr_right(series(), windows));
  windows[400].score = 4;
  EXPECT_FALSE(ucr_right(series(), windows));
}

TEST(Ucr, OfEqualsItIsTheFirst) { EXPECT_EQ(ucr_place(series(), odd_in(1000, {400, 720})), 400u); }

TEST(Ucr, WhatIsSaidOfTheTrainingPartDoesNotCount) {
  EXPECT_EQ(ucr_place(series(), odd_in(1000, {299, 720})), 720u);
  EXPECT_EQ(ucr_place(series(), odd_in(1000, {300, 720})), 300u);
}

TEST(Ucr, WhereNothingWasJudgedThereIsNoPlace) {
  auto windows = odd_in(1000, {});
  for (JudgedWindow& window : windows) window.score = std::nan("");
  EXPECT_EQ(ucr_place(series(), windows), std::nullopt);
  EXPECT_FALSE(ucr_right(series(), windows));
}

TEST(Ucr, AsksForATrainingPartAndOneEventBehindIt) {
  EXPECT_TRUE(has_ucr_rule(series()));
  EXPECT_FALSE(has_ucr_rule(series({})));
  EXPECT_FALSE(has_ucr_rule(series({{400, 410}, {700, 750}})));
  EXPECT_FALSE(has_ucr_rule(series({{200, 250}})));
  LabelledSeries untrained = series();
  untrained.train.reset();
  EXPECT_FALSE(has_ucr_rule(untrained));
}

}  // namespace
}  // namespace oddity::evaluate
