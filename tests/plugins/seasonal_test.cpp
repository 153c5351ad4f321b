#include "seasonal/seasonal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "instance.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<Seasonal>;
using Given = std::map<std::string, std::string>;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

/// A value each ten minutes; a pattern that no other lag repeats.
double of_day(std::int64_t time) {
  const double turn = static_cast<double>(time % day) / static_cast<double>(day);
  return 100 + 30 * std::sin(2 * M_PI * turn) + 10 * std::cos(6 * M_PI * turn);
}
double noise(std::int64_t time) {
  return static_cast<double>(static_cast<std::uint64_t>(time) * 7919 % 101) / 50 - 1;
}

void learn(Detector& detector, std::int64_t from, std::int64_t to,
           const std::function<double(std::int64_t)>& value) {
  detector.go_to(from, hour / 6);
  while (detector.now() < to) detector.learn({value(detector.now())});
}
double noisy(std::int64_t time) { return of_day(time) + noise(time); }

TEST(Seasonal, AgreesWithNumPyRowByRow) {
  Detector detector(Given{{"size", "500"}, {"week", "off"}});
  detector.go_to(0, hour / 12);
  int judged = 0;
  for (const auto& record : test::read_reference("seasonal.csv")) {
    const double value = std::stod(record[0]);
    const oddity_evaluation found = detector.evaluate({value});
    detector.learn({value});
    if (record.size() < 5 || record[4].empty()) {
      ASSERT_EQ(found.outcome, ODDITY_WARMING_UP) << judged;
      continue;
    }
    ++judged;
    ASSERT_LT(test::relative_error(found.expected, std::stod(record[1])), 1e-9) << judged;
    ASSERT_LT(test::relative_error(found.outputs[1], std::stod(record[2])), 1e-9) << judged;
    ASSERT_NEAR(found.outputs[0], std::stod(record[3]), 1e-8) << judged;
    ASSERT_LT(test::relative_error(found.p, std::stod(record[4])), 1e-7) << judged;
    EXPECT_EQ(found.observed, value);
  }
  EXPECT_EQ(judged, 3154);
}

TEST(Seasonal, WarmsUpForAWholePeriod) {
  Detector detector(Given{});
  learn(detector, 0, day, noisy);
  EXPECT_EQ(detector.evaluate({100}).outcome, ODDITY_WARMING_UP);
  learn(detector, day, 2 * day, noisy);
  EXPECT_EQ(detector.evaluate({100}).outcome, ODDITY_JUDGED);
}

TEST(Seasonal, SeesWhatIsUsualAtAnotherTimeOnly) {
  Detector detector(Given{});
  learn(detector, 0, 8 * day + 6 * hour, noisy);
  const double noon = of_day(18 * hour);
  EXPECT_GT(detector.evaluate({of_day(6 * hour)}).p, 0.02);
  EXPECT_LT(detector.evaluate({noon}).p, 1e-5) << "the value of another time";
  EXPECT_LT(detector.evaluate({noon}).outputs[0], -6);
  EXPECT_GT(detector.evaluate({noon}, ODDITY_ABOVE).p, 0.5);
}

TEST(Seasonal, FollowsTheLevelThatWasLearned) {
  Detector detector(Given{});
  learn(detector, 0, 8 * day, noisy);
  learn(detector, 8 * day, 8 * day + 12 * hour, [](std::int64_t time) { return noisy(time) + 40; });
  EXPECT_GT(detector.evaluate({of_day(12 * hour) + 40}).p, 0.02);
  Detector rigid(Given{{"level", "0"}});
  learn(rigid, 0, 8 * day, noisy);
  learn(rigid, 8 * day, 8 * day + 12 * hour, [](std::int64_t time) { return noisy(time) + 40; });
  EXPECT_GT(rigid.evaluate({of_day(12 * hour) + 40}).expected, 0);
  EXPECT_NEAR(rigid.evaluate({140}).expected, of_day(12 * hour), 3);
}

TEST(Seasonal, AFaultThatIsNotLearnedStaysOne) {
  Detector detector(Given{});
  learn(detector, 0, 8 * day, noisy);
  for (int i = 0; i < 100; ++i) {
    const double value = noisy(detector.now()) + 40;
    EXPECT_LT(detector.evaluate({value}).p, 1e-3) << i;
    detector.update({value}, 1, ODDITY_LEARN_NO);
  }
}

TEST(Seasonal, BridgesGapsAndMissingRows) {
  Detector detector(Given{});
  learn(detector, 0, 4 * day, [](std::int64_t time) { return noisy(time); });
  // A month without a row, then rows of every third hour only.
  for (std::int64_t time = 34 * day; time < 36 * day; time += 3 * hour) {
    detector.go_to(time, hour / 6);
    const oddity_evaluation found = detector.evaluate({noisy(time)});
    EXPECT_EQ(found.outcome, ODDITY_JUDGED);
    EXPECT_NEAR(found.expected, of_day(time), 5);
    detector.learn({noisy(time)});
  }
}

double of_week(std::int64_t time) { return noisy(time) + (time / day % 7 < 2 ? -60 : 0); }

TEST(Seasonal, FindsTheWeekByItself) {
  Detector found(Given{}), off(Given{{"week", "off"}});
  for (Detector* detector : {&found, &off}) learn(*detector, 0, 21 * day + 12 * hour, of_week);
  const double value = of_week(21 * day + 12 * hour);
  EXPECT_EQ(found.evaluate({value}).outputs[2], 1);
  EXPECT_EQ(off.evaluate({value}).outputs[2], 0);
  Detector same(Given{});
  learn(same, 0, 21 * day, noisy);
  EXPECT_EQ(same.evaluate({100}).outputs[2], 0) << "all days are alike";
}

TEST(Seasonal, ExpectsOfADayThatOfTheWeekBefore) {
  Detector detector(Given{{"week", "on"}, {"level", "0"}});
  learn(detector, 0, 14 * day + 12 * hour, of_week);
  EXPECT_NEAR(detector.evaluate({100}).expected, of_day(12 * hour) - 60, 3);
}

TEST(Seasonal, AWeekNeedsDays) {
  const auto made = test::linked_algorithm<Seasonal>({{"week", "on"}, {"period", "1h"}});
  EXPECT_THROW((plugin::Detector(*made, 1)), std::exception);
}

TEST(Seasonal, AConstantHistoryIsJudgedByHowManyWereEqual) {
  Detector detector(Given{});
  learn(detector, 0, 2 * day, [](std::int64_t) { return 5.0; });
  EXPECT_EQ(detector.evaluate({5}).p, 1);
  EXPECT_EQ(detector.evaluate({5}).outcome, ODDITY_CONSTANT);
  EXPECT_LT(detector.evaluate({6}).p, 0.01);
  EXPECT_EQ(detector.evaluate({6}).outputs[0], largest);
  EXPECT_EQ(detector.evaluate({6}, ODDITY_BELOW).p, 1);
  EXPECT_EQ(detector.evaluate({6}).upper, 5);
}

TEST(Seasonal, BoundsAreWhereTheVerdictTurns) {
  Detector detector(Given{});
  learn(detector, 0, 8 * day, noisy);
  const oddity_evaluation found = detector.evaluate({100});
  EXPECT_NEAR(detector.evaluate({found.upper}).p, 0.001, 1e-9);
  EXPECT_NEAR(detector.evaluate({found.lower}).p, 0.001, 1e-9);
}

TEST(Seasonal, AClockThatIsSetBackFindsTheOldSeason) {
  Detector detector(Given{});
  learn(detector, 0, 8 * day, noisy);
  detector.go_to(5 * day, hour / 6);
  EXPECT_EQ(detector.evaluate({100}).outcome, ODDITY_JUDGED);
  detector.go_to(-3 * day, hour / 6);
  EXPECT_EQ(detector.evaluate({100}).outcome, ODDITY_WARMING_UP) << "nothing was earlier";
}

/// A series takes at most 64 KB, and 32 KB of a snapshot.
TEST(Seasonal, IsSmall) {
  Detector detector(Given{});
  detector.go_to(0, 60);
  while (detector.now() < 30 * day) detector.learn({noisy(detector.now())});
  EXPECT_NEAR(static_cast<double>(detector.snapshot().size()), 30'000, 1'000) << "as its page says";
  EXPECT_NEAR(static_cast<double>(detector.footprint()), 43'000, 1'000);
}

}  // namespace
}  // namespace oddity::plugins
