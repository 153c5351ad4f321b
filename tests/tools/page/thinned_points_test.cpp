#include "page/thinned_points.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace oddity::page {
namespace {

using testing::ElementsAre;

Point point(std::int64_t time, double value, bool anomalous = false, bool alarm = false) {
  Point one;
  one.time = time;
  one.value = value;
  one.anomalous = anomalous;
  one.alarm = alarm;
  return one;
}

std::vector<double> values(const ThinnedPoints& thinned) {
  std::vector<double> found;
  for (const Point& one : thinned.points()) found.push_back(one.value);
  return found;
}

TEST(ThinnedPoints, AreAllOfThemWhileThereIsRoom) {
  ThinnedPoints points(8);
  for (int i = 0; i < 4; ++i) points.add(point(i, 10 * i));
  EXPECT_THAT(values(points), ElementsAre(0, 10, 20, 30));
  EXPECT_FALSE(points.thinned());
}

TEST(ThinnedPoints, PairsAreStillAllOfThem) {
  ThinnedPoints points(8);
  for (int i = 0; i < 8; ++i) points.add(point(i, i % 2 == 0 ? i : -i));
  EXPECT_THAT(values(points), ElementsAre(0, -1, 2, -3, 4, -5, 6, -7));
  EXPECT_FALSE(points.thinned());
}

TEST(ThinnedPoints, EqualOnesAreStillTwoPoints) {
  ThinnedPoints points(4);
  for (int i = 0; i < 4; ++i) points.add(point(i, 5));
  const std::vector<Point> kept = points.points();
  ASSERT_EQ(kept.size(), 4U);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(kept[static_cast<std::size_t>(i)].time, i);
}

TEST(ThinnedPoints, OfAStretchTheLeastAndTheGreatestStayInTheirOrder) {
  ThinnedPoints points(4);
  for (const double value : {3, 9, 1, 4, 5, 2, 8, 6})
    points.add(point(static_cast<std::int64_t>(points.added()), value));
  EXPECT_THAT(values(points), ElementsAre(9, 1, 2, 8));
  EXPECT_TRUE(points.thinned());
  EXPECT_EQ(points.added(), 8U);
}

TEST(ThinnedPoints, AnomalousOnesAndAlarmsStayAmongAnyNumberOfNormalOnes) {
  ThinnedPoints points(40);
  for (int i = 0; i < 100'000; ++i) points.add(point(i, i % 17, i % 20'000 == 5, i == 20'005));
  const std::vector<Point> kept = points.points();
  EXPECT_EQ(std::ranges::count_if(kept, &Point::anomalous), 5);
  EXPECT_EQ(std::ranges::count_if(kept, &Point::alarm), 1);
  EXPECT_TRUE(points.thinned());
  EXPECT_FALSE(points.thinned_anomalies());
  EXPECT_LE(kept.size(), 80U);
}

TEST(ThinnedPoints, AnomalousOnesWithoutEndAreThinnedToo) {
  ThinnedPoints points(40);
  for (int i = 0; i < 100'000; ++i) points.add(point(i, i, true));
  EXPECT_TRUE(points.thinned_anomalies());
  EXPECT_LE(points.points().size(), 80U);
}

RC_GTEST_PROP(ThinnedPoints, AreByTimeNoMoreThanAgreedAndReachFromTheLeastToTheGreatest, ()) {
  const auto most = *rc::gen::inRange<std::size_t>(4, 60);
  const auto fewer = *rc::gen::inRange<std::size_t>(4, most + 1);
  const auto given =
      *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 500), rc::gen::inRange(-9, 9));
  ThinnedPoints points(most);
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (i == given.size() / 2) points.limit(fewer);
    points.add(point(static_cast<std::int64_t>(i), given[i]));
  }
  const std::vector<Point> kept = points.points();
  RC_ASSERT(std::ranges::is_sorted(kept, std::ranges::less_equal{}, &Point::time));
  RC_ASSERT(kept.size() <= 2 * fewer);
  RC_ASSERT(std::ranges::min(kept, {}, &Point::value).value == std::ranges::min(given));
  RC_ASSERT(std::ranges::max(kept, {}, &Point::value).value == std::ranges::max(given));
  RC_ASSERT(points.thinned() == (kept.size() < given.size()));
}

}  // namespace
}  // namespace oddity::page
