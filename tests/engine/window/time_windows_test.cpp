// Windows as Kapacitor's |window().period(p).every(e) makes them.
#include "window/time_windows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include <cmath>

namespace oddity::window {
namespace {

struct Emitted {
  std::string group;
  std::int64_t end;
  std::vector<std::int64_t> times;
  std::vector<double> values;
  friend bool operator==(const Emitted&, const Emitted&) = default;
};

/// Feeds points of one field whose value is their time.
class Feed {
 public:
  explicit Feed(const WindowSpec& spec)
      : windows_(spec, 1, [this](const GroupWindow& window) {
          emitted.push_back({window.group, window.end, window.times, window.columns[0]});
        }) {}
  void add(std::int64_t time, std::string_view group = "") {
    const double value = static_cast<double>(time);
    windows_.add({group, "m", nullptr}, time, std::span(&value, 1));
  }
  void finish() { windows_.finish(); }
  const TimeWindows& windows() const { return windows_; }
  std::vector<Emitted> emitted;

 private:
  TimeWindows windows_;
};

using Times = std::vector<std::int64_t>;

TEST(TimeWindows, TheFirstEdgeIsTheFirstPointPlusEvery) {
  Feed feed({10, 10, false});
  for (std::int64_t time = 3; time < 13; ++time) feed.add(time);
  EXPECT_TRUE(feed.emitted.empty());
  feed.add(13);
  ASSERT_EQ(feed.emitted.size(), 1u);
  EXPECT_EQ(feed.emitted[0].end, 13);
  EXPECT_EQ(feed.emitted[0].times, (Times{3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
}

TEST(TimeWindows, AfterAGapTheEdgesMove) {
  Feed feed({10, 10, false});
  for (const std::int64_t time : {0, 5, 27, 30, 36, 37}) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 2u);
  EXPECT_EQ(feed.emitted[0].end, 10);
  EXPECT_EQ(feed.emitted[1].end, 37) << "27 + 10, not 40";
  EXPECT_EQ(feed.emitted[1].times, (Times{27, 30, 36}));
}

TEST(TimeWindows, NothingIsEmittedAtTheEndOfInput) {
  std::vector<Emitted> kept;
  {
    Feed feed({10, 10, false});
    for (std::int64_t time = 0; time < 10; ++time) feed.add(time);
    kept = feed.emitted;
  }
  EXPECT_TRUE(kept.empty());
}

TEST(TimeWindows, APeriodLongerThanEveryOverlaps) {
  Feed feed({10, 5, false});
  for (std::int64_t time = 0; time <= 15; ++time) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 3u);
  EXPECT_EQ(feed.emitted[0].times.size(), 5u);
  EXPECT_EQ(feed.emitted[1].times.size(), 10u);
  EXPECT_EQ(feed.emitted[2].times.front(), 5);
}

TEST(TimeWindows, APeriodShorterThanEveryLeavesOutWhatLiesBetween) {
  Feed feed({3, 10, false});
  for (const std::int64_t time : {0, 1, 6, 7, 9, 10}) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 1u);
  EXPECT_EQ(feed.emitted[0].times, (Times{7, 9}));
}

TEST(TimeWindows, WhatLiesBetweenIsCounted) {
  Feed feed({3, 10, false});
  for (const std::int64_t time : {0, 1, 6, 7, 9, 10}) feed.add(time);
  EXPECT_EQ(feed.windows().between(), 3u);
  EXPECT_EQ(feed.windows().waiting(), 1u) << "the point at 10";
}

TEST(TimeWindows, WhatIsUnfinishedIsEmittedWhenToldSo) {
  Feed feed({10, 10, false});
  for (const std::int64_t time : {3, 12, 13, 20}) feed.add(time, "b");
  for (const std::int64_t time : {1, 2}) feed.add(time, "a");
  EXPECT_EQ(feed.windows().waiting(), 4u);
  feed.emitted.clear();
  feed.finish();
  ASSERT_EQ(feed.emitted.size(), 2u);
  EXPECT_EQ(feed.emitted[0], (Emitted{"a", 11, {1, 2}, {1, 2}}));
  EXPECT_EQ(feed.emitted[1], (Emitted{"b", 23, {13, 20}, {13, 20}}));
  EXPECT_EQ(feed.windows().waiting(), 0u);
  feed.finish();
  EXPECT_EQ(feed.emitted.size(), 2u) << "all stood in a window";
}

TEST(TimeWindows, WhatAFinishLeavesOutIsCountedToo) {
  Feed feed({3, 10, false});
  for (const std::int64_t time : {0, 1, 2}) feed.add(time);
  feed.finish();
  EXPECT_TRUE(feed.emitted.empty()) << "[7, 10) has none of them";
  EXPECT_EQ(feed.windows().between(), 3u);
}

/// Each point is in a window, waits for one, or lay between two: none is lost without being counted.
RC_GTEST_PROP(TimeWindows, CountEveryPoint, ()) {
  const auto period = *rc::gen::inRange<std::int64_t>(1, 12);
  const auto every = *rc::gen::inRange<std::int64_t>(1, 12);
  auto times = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-60, 60));
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  Feed feed({period, every, false});
  for (const std::int64_t time : times) feed.add(time);
  std::set<std::int64_t> judged;
  for (const Emitted& window : feed.emitted) judged.insert(window.times.begin(), window.times.end());
  RC_ASSERT(judged.size() + feed.windows().waiting() + feed.windows().between() == times.size());
}

TEST(TimeWindows, CanBeEmptyBetween) {
  Feed feed({3, 10, false});
  for (const std::int64_t time : {0, 1, 10}) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 1u);
  EXPECT_TRUE(feed.emitted[0].times.empty());
}

TEST(TimeWindows, AlignedEdgesAreMultiplesOfEvery) {
  constexpr std::int64_t minute = 60'000'000'000;
  Feed feed({5 * minute, 5 * minute, true});
  const std::int64_t start = 1'451'606'400'000'000'000 + 7 * minute;  // 00:07
  for (int i = 0; i < 10; ++i) feed.add(start + i * minute);
  ASSERT_EQ(feed.emitted.size(), 2u);
  EXPECT_EQ(feed.emitted[0].end, start + 3 * minute) << "00:10";
  EXPECT_EQ(feed.emitted[1].end, start + 8 * minute) << "00:15";
}

TEST(TimeWindows, AlignmentCountsFromYearOneAsGoDoes) {
  constexpr std::int64_t week = 604'800'000'000'000;
  Feed feed({week, week, true});
  feed.add(0);  // 1970-01-01 was a Thursday; 0001-01-01 a Monday
  feed.add(week);
  ASSERT_EQ(feed.emitted.size(), 1u);
  EXPECT_EQ(feed.emitted[0].end, 4 * week / 7) << "Monday 1970-01-05";
}

TEST(TimeWindows, ALatePointStaysBehindAnEarlyOne) {
  Feed feed({10, 10, false});
  for (const std::int64_t time : {0, 5, 10, 2, 20}) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 2u);
  EXPECT_EQ(feed.emitted[1].times, (Times{10, 2}))
      << "only the front is purged, and the order is that of arrival";
}

TEST(TimeWindows, EveryOfZeroEmitsAtEachPoint) {
  Feed feed({5, 0, false});
  for (const std::int64_t time : {0, 3, 5, 9}) feed.add(time);
  ASSERT_EQ(feed.emitted.size(), 4u);
  EXPECT_EQ(feed.emitted[2].times, (Times{3, 5})) << "(0, 5]";
  EXPECT_EQ(feed.emitted[3].times, (Times{5, 9}));
}

TEST(TimeWindows, GroupsHaveEdgesOfTheirOwn) {
  Feed feed({10, 10, false});
  feed.add(0, "a");
  feed.add(4, "b");
  feed.add(10, "a");
  feed.add(14, "b");
  ASSERT_EQ(feed.emitted.size(), 2u);
  EXPECT_EQ(feed.emitted[0].group, "a");
  EXPECT_EQ(feed.emitted[1].end, 14);
}

/// The rules written down once more, without any thrift: every point is kept for ever.
std::vector<Emitted> naive(const WindowSpec& spec, const std::vector<std::int64_t>& times) {
  std::vector<Emitted> emitted;
  Times buffer;
  std::int64_t edge = times.empty() ? 0 : times[0] + spec.every;
  for (const std::int64_t time : times) {
    if (time >= edge) {
      while (!buffer.empty() && buffer.front() < edge - spec.period) buffer.erase(buffer.begin());
      emitted.push_back({"", edge, buffer, {buffer.begin(), buffer.end()}});
      edge = time + spec.every;
    }
    buffer.push_back(time);
  }
  return emitted;
}

RC_GTEST_PROP(TimeWindows, AreThoseOfTheRules, ()) {
  const WindowSpec spec{*rc::gen::inRange<std::int64_t>(1, 30), *rc::gen::inRange<std::int64_t>(1, 30),
                        false};
  Times times;
  std::int64_t now = *rc::gen::inRange<std::int64_t>(-100, 100);
  for (int i = *rc::gen::inRange(0, 200); i > 0; --i)
    times.push_back(now += *rc::gen::inRange<std::int64_t>(-3, 8));
  Feed feed(spec);
  for (const std::int64_t time : times) feed.add(time);
  RC_ASSERT(feed.emitted == naive(spec, times));
}

}  // namespace
}  // namespace oddity::window
