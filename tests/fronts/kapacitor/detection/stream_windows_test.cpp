// Points one by one become windows.
#include "detection/stream_windows.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "standin/standin.hpp"

namespace oddity::window {
namespace {

class StreamPoints : public testing::Test {
 protected:
  /// A point of x and y at `time`; `finished`: what it has made.
  const GroupWindow* send(StreamWindows& windows, std::int64_t time, double x) {
    body_ = point(time, x).SerializeAsString();
    const GroupWindow* finished = nullptr;
    EXPECT_TRUE(windows.point(wire::as_bytes(body_), finished));
    return finished;
  }
  static udf::Point point(std::int64_t time, double x) {
    udf::Point point = test::point_request({"cpu", "cpu\nhost=a", {{"rack", "r"}, {"host", "a"}}, true, 0},
                                           time, {{"x", x}, {"other", 5}})
                           .point();
    point.set_name("cpu");
    point.set_byname(true);
    point.set_database("db");
    for (const char* dimension : {"dc", "host"}) point.add_dimensions(dimension);
    return point;
  }

  Log log{STDERR_FILENO};
  StreamWindows each{{"x", "y"}, {}, {}, log};
  StreamWindows by_number{{"x", "y"}, *options::Extent::parse("3"), {}, log};
  StreamWindows by_time{{"x", "y"}, *options::Extent::parse("10ns"), {}, log};

 private:
  std::string body_;
};

TEST_F(StreamPoints, WithoutAnExtentEachPointIsAWindowThatEndsWithIt) {
  const GroupWindow* const window = send(each, 7, 1);
  ASSERT_NE(window, nullptr);
  EXPECT_TRUE(each.judges_each());
  EXPECT_EQ(window->group, "cpu\nhost=a");
  EXPECT_EQ(window->name, "cpu");
  EXPECT_TRUE(window->by_name);
  EXPECT_EQ(window->end, 7);
  EXPECT_EQ(window->times, std::vector<std::int64_t>{7});
  EXPECT_EQ(window->columns[0], std::vector<double>{1});
  EXPECT_TRUE(std::isnan(window->columns[1][0])) << "missing is not 0";
  EXPECT_EQ(each.head().database, "db");
  EXPECT_EQ(send(each, 3, 2)->end, 3) << "late ones, too";
}

TEST_F(StreamPoints, TheGroupsTagsAreThoseOfItsDimensions) {
  EXPECT_EQ(send(each, 7, 1)->tags, (Tags{{"dc", ""}, {"host", "a"}}))
      << "one that is missing is empty, as in Kapacitor's windows";
}

TEST_F(StreamPoints, GroupsInTurnHaveEachItsOwnTags) {
  for (const char* host : {"a", "b", "a"}) {
    udf::Point sent = point(7, 1);
    sent.set_group(std::string("host=") + host);
    sent.mutable_tags(1)->set_value(host);
    const std::string body = sent.SerializeAsString();
    const GroupWindow* window = nullptr;
    ASSERT_TRUE(each.point(wire::as_bytes(body), window));
    EXPECT_EQ(window->tags, (Tags{{"dc", ""}, {"host", host}}));
  }
}

TEST_F(StreamPoints, ByNumberAndByTimeSeveralMakeOne) {
  for (const std::int64_t time : {1, 2}) EXPECT_EQ(send(by_number, time, 5), nullptr);
  const GroupWindow* window = send(by_number, 3, 6);
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->end, 3);
  EXPECT_EQ(window->columns[0], (std::vector<double>{5, 5, 6}));
  EXPECT_EQ(window->tags, (Tags{{"dc", ""}, {"host", "a"}}));
  for (const std::int64_t time : {1, 9}) EXPECT_EQ(send(by_time, time, 5), nullptr);
  window = send(by_time, 11, 5);
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->end, 11);
  EXPECT_EQ(window->times, (std::vector<std::int64_t>{1, 9}));
}

TEST_F(StreamPoints, LateOnesAreCounted) {
  for (const std::int64_t time : {1, 11, 5, 12}) send(by_time, time, 5);
  EXPECT_EQ(by_time.late(), 1u);
  EXPECT_EQ(by_time.waiting(), 2u);
}

TEST_F(StreamPoints, WhatIsOpenCanBeSavedWhereWindowsAreMade) {
  EXPECT_TRUE(each.save().empty());
  EXPECT_TRUE(by_number.save().empty()) << "nothing is open";
  send(by_number, 1, 5);
  StreamWindows again({"x", "y"}, *options::Extent::parse("3"), {}, log);
  again.restore(by_number.save());
  EXPECT_EQ(again.waiting(), 1u);
  EXPECT_THROW(by_time.restore(by_number.save()), StateError);
  EXPECT_THROW(each.restore(by_number.save()), StateError);
}

TEST_F(StreamPoints, AMalformedPointIsInNoWindow) {
  const GroupWindow* finished = nullptr;
  EXPECT_FALSE(by_number.point(wire::as_bytes("\x42\x7f"), finished));
  EXPECT_EQ(by_number.waiting(), 0u);
}

}  // namespace
}  // namespace oddity::window
