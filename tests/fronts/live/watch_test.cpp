#include "watch/watch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "judge/watch_frames.hpp"
#include "watch/watch_json.hpp"

namespace oddity::live {
namespace {

using nlohmann::json;

/// A worker's side of it.
class Worker {
 public:
  explicit Worker(Watch& watch, std::size_t most = 1'000) : frames_(most), watch_(watch) {
    std::string bytes;
    append_frame(bytes, FrameKind::ready, 0, "");
    hand_over(bytes);
  }
  void judge(const std::string& host, std::int64_t seconds, double value,
             std::vector<ResultField> fields = {}) {
    window::GroupWindow window;
    window.group = "cpu\nhost=" + host + "\nusage";
    window.name = "cpu";
    window.tags = {{"field", "usage"}, {"host", host}};
    window.end = seconds * 1'000'000'000;
    std::string bytes;
    frames_.append(window, value, fields, bytes);
    hand_over(bytes);
  }

 private:
  void hand_over(const std::string& bytes) {
    FrameCutter cutter;
    std::copy(bytes.begin(), bytes.end(), cutter.room(bytes.size()));
    cutter.filled(bytes.size());
    Frame frame;
    while (cutter.next(frame)) watch_.take(frame);
  }
  WatchFrames frames_;
  Watch& watch_;
};

const std::vector<ResultField> alarm{{"rare", 12.0},  {"why", std::string_view("jump")},
                                     {"score", 2.0},  {"anomalous", true},
                                     {"alarm", true}, {"expected", 50.0},
                                     {"lower", 40.0}, {"upper", 60.0}};
const std::vector<ResultField> calm{{"rare", 1.0}, {"score", 0.1}, {"anomalous", false}, {"alarm", false}};

json listed(const Watch& watch) { return json::parse(series_json(watch, {})).at("series"); }

TEST(Watch, ASeriesIsListedWithItsLatestPoint) {
  Watch watch;
  Worker worker(watch);
  worker.judge("a", 7, 99, alarm);
  const json series = listed(watch).at(0);
  EXPECT_EQ(series.at("measurement"), "cpu");
  EXPECT_EQ(series.at("field"), "usage");
  EXPECT_EQ(series.at("tags"), (json{{"host", "a"}}));
  EXPECT_EQ(series.at("time"), 7'000);
  EXPECT_EQ(series.at("value"), 99);
  EXPECT_EQ(series.at("state"), "anomalous");
  EXPECT_EQ(series.at("alarms"), 1);
  EXPECT_EQ(series.at("last_alarm"), 7'000);
}

TEST(Watch, WhatIsNotJudgedIsYoung) {
  Watch watch;
  Worker worker(watch);
  worker.judge("a", 7, 99);
  EXPECT_EQ(listed(watch).at(0).at("state"), "young");
  EXPECT_TRUE(listed(watch).at(0).at("score").is_null());
  worker.judge("a", 8, 99, calm);
  EXPECT_EQ(listed(watch).at(0).at("state"), "normal");
}

TEST(Watch, OnePointTellsAllThatWasSaid) {
  Watch watch;
  Worker worker(watch);
  worker.judge("a", 7, 99, alarm);
  const json one = json::parse(*one_series_json(watch, 1));
  const json point = one.at("points").at(0);
  EXPECT_EQ(point.at("t"), 7'000);
  EXPECT_EQ(point.at("upper"), 60);
  EXPECT_EQ(point.at("alarm"), true);
  EXPECT_EQ(point.at("said"), (json{{"rare", 12.0}}));
  EXPECT_EQ(point.at("why"), "jump");
  EXPECT_FALSE(one_series_json(watch, 99));
}

TEST(Watch, ANewWorkerMeansTheSameSeries) {
  Watch watch;
  Worker first(watch);
  first.judge("a", 1, 1);
  first.judge("b", 1, 2);
  Worker second(watch);
  second.judge("b", 2, 3);
  second.judge("a", 2, 4);
  ASSERT_EQ(listed(watch).size(), 2u);
  const json a = json::parse(*one_series_json(watch, 1));
  EXPECT_EQ(a.at("tags").at("host"), "a");
  EXPECT_EQ(a.at("points").size(), 2u);
  EXPECT_EQ(a.at("points").at(1).at("v"), 4);
}

TEST(Watch, APointThatIsToldAgainIsThereOnce) {
  Watch watch;
  Worker first(watch);
  first.judge("a", 1, 99, alarm);
  Worker second(watch);
  second.judge("a", 1, 99, alarm);
  EXPECT_EQ(listed(watch).at(0).at("alarms"), 1);
  EXPECT_EQ(json::parse(*one_series_json(watch, 1)).at("points").size(), 1u);
}

TEST(Watch, SparksAreTheLatestSixtyPoints) {
  Watch watch;
  Worker worker(watch);
  for (int i = 0; i < 100; ++i) worker.judge("a", i, i);
  const std::uint64_t ids[] = {1, 77};
  const json sparks = json::parse(sparks_json(watch, ids)).at("sparks");
  EXPECT_EQ(sparks.size(), 1u);
  EXPECT_EQ(sparks.at("1").size(), 60u);
  EXPECT_EQ(sparks.at("1").at(59), (json{99'000, 99, nullptr, nullptr, 0}));
}

TEST(Watch, MemoryIsBounded) {
  Watch watch;
  Worker worker(watch, 2 * Watch::most_series);
  for (std::size_t i = 0; i < Watch::most_series + 5; ++i) worker.judge(std::to_string(i), 1, 1);
  EXPECT_EQ(listed(watch).size(), Watch::most_series);
  for (int i = 0; i < 1'000; ++i) worker.judge("one", i, i);
  std::size_t points = 0;
  watch.each([&](const WatchedSeries& series) { points = std::max(points, series.points.size()); });
  EXPECT_EQ(points, Watch::most_points_of_very_many);
}

TEST(Watch, ASeriesThatAlarmedIsTheLastToGo) {
  Watch watch;
  Worker worker(watch, 2 * Watch::most_series);
  worker.judge("odd", 1, 99, alarm);
  worker.judge("once", 1, 99, alarm);
  worker.judge("once", 2, 1, calm);
  for (std::size_t i = 0; i < Watch::most_series; ++i) worker.judge(std::to_string(i), 3, 1);
  EXPECT_DOUBLE_EQ(watch.worst_score(), 2);
  std::vector<std::string> hosts;
  watch.each([&](const WatchedSeries& series) { hosts.push_back(series.name.tags.at(0).second); });
  EXPECT_EQ(std::count(hosts.begin(), hosts.end(), "odd"), 1);
  EXPECT_EQ(std::count(hosts.begin(), hosts.end(), "once"), 1) << "its alarm is over, and still to be seen";
  EXPECT_EQ(std::count(hosts.begin(), hosts.end(), "0"), 0) << "the one that was not seen for longest went";
  EXPECT_EQ(watch.left_out(Watch::most_series + 2), 2u);
  EXPECT_EQ(watch.left_out(5), 0u) << "the engine has forgotten more than that";
}

TEST(Watch, WhereAllAlarmedTheOldestAlarmGoesFirst) {
  Watch watch;
  Worker worker(watch, 2 * Watch::most_series);
  for (std::size_t i = 0; i < Watch::most_series; ++i) worker.judge(std::to_string(i), 1, 99, alarm);
  worker.judge("0", 2, 99, alarm);
  worker.judge("1", 2, 1, calm);
  worker.judge("new", 2, 1);
  EXPECT_EQ(watch.one(1, [](const WatchedSeries&) {}), true) << "it alarmed again";
  EXPECT_EQ(watch.one(2, [](const WatchedSeries&) {}), false) << "being seen is no alarm";
}

TEST(Watch, AWorkerThatForgotASeriesMeansTheSameOne) {
  Watch watch;
  Worker worker(watch, 1);
  for (int i = 0; i < 10; ++i) worker.judge(i % 2 == 0 ? "a" : "b", i, i);
  ASSERT_EQ(listed(watch).size(), 2u);
  EXPECT_EQ(json::parse(*one_series_json(watch, 1)).at("points").size(), 5u);
}

TEST(Watch, FollowersHearOfWhatTheyAskFor) {
  Watch watch;
  Worker worker(watch);
  std::uint64_t from = watch.next_news();
  worker.judge("a", 1, 1, calm);
  worker.judge("b", 1, 2, alarm);
  const std::uint64_t ids[] = {1};
  const std::string text = events(watch, watch.news(from), ids, {});
  EXPECT_NE(text.find("event: series\ndata: "), std::string::npos);
  EXPECT_NE(text.find("event: alarm\ndata: "), std::string::npos) << "an alarm of any series";
  const std::size_t update = text.find("event: update\ndata: ");
  ASSERT_NE(update, std::string::npos);
  const json data = json::parse(text.substr(update + 20));
  ASSERT_EQ(data.at("points").size(), 1u);
  EXPECT_EQ(data.at("points").at(0).at("id"), 1);
  EXPECT_EQ(events(watch, watch.news(from), ids, {}), "") << "nothing is told twice";
}

TEST(Watch, TheWorstScoreIsThatOfNow) {
  Watch watch;
  EXPECT_TRUE(std::isnan(watch.worst_score()));
  Worker worker(watch);
  worker.judge("a", 1, 1, alarm);
  worker.judge("b", 1, 1, calm);
  EXPECT_DOUBLE_EQ(watch.worst_score(), 2);
  worker.judge("a", 2, 1, calm);
  EXPECT_NEAR(watch.worst_score(), 0.1, 1e-6);
}

TEST(Watch, NamesOfStrangersAreNoBrokenJson) {
  Watch watch;
  Worker worker(watch);
  worker.judge("\xff\"<img onerror=x>\n", 1, 1, calm);
  EXPECT_NO_THROW(listed(watch));
}

}  // namespace
}  // namespace oddity::live
