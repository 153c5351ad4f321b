#include "detection/batch_windows.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "standin/standin.hpp"

namespace oddity::window {
namespace {

class Batches : public testing::Test {
 protected:
  const GroupWindow* send(const udf::Request& request) {
    const GroupWindow* finished = nullptr;
    std::string body;
    if (request.has_begin()) {
      body = request.begin().SerializeAsString();
      EXPECT_TRUE(windows.begin(wire::as_bytes(body)));
    } else if (request.has_point()) {
      body = request.point().SerializeAsString();
      EXPECT_TRUE(windows.point(wire::as_bytes(body)));
    } else {
      body = request.end().SerializeAsString();
      EXPECT_TRUE(windows.end(wire::as_bytes(body), finished));
    }
    return finished;
  }
  Log log{STDERR_FILENO};
  BatchWindows windows{{"x", "y"}, log};
  test::Batch batch{"cpu", "host=b", {{"rack", "r"}, {"host", "b"}}, true, 77};
};

TEST_F(Batches, BeginPointsAndEndAreAWindow) {
  send(test::begin_request(batch, 2));
  send(test::point_request(batch, 5, {{"x", 1}, {"y", 2}}));
  send(test::point_request(batch, 6, {{"y", 4}}));
  const GroupWindow* const window = send(test::end_request(batch));
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->group, "host=b");
  EXPECT_EQ(window->name, "cpu");
  EXPECT_EQ(window->end, 77);
  EXPECT_TRUE(window->by_name);
  EXPECT_EQ(window->tags, (Tags{{"host", "b"}, {"rack", "r"}})) << "sorted by key";
  EXPECT_EQ(window->times, (std::vector<std::int64_t>{5, 6}));
  EXPECT_EQ(window->columns[1], (std::vector<double>{2, 4}));
  EXPECT_EQ(window->columns[0][0], 1);
  EXPECT_TRUE(std::isnan(window->columns[0][1])) << "missing is not 0";
}

TEST_F(Batches, PointsOfBatchesThatDoNotEndAreCounted) {
  send(test::begin_request(batch, 2));
  for (const int time : {5, 6}) send(test::point_request(batch, time, {{"x", 1}}));
  EXPECT_EQ(windows.unended_points(), 2u) << "it is open";
  send(test::begin_request(batch, 1));
  send(test::point_request(batch, 7, {{"x", 1}}));
  EXPECT_EQ(windows.unended_points(), 3u);
  send(test::end_request(batch));
  EXPECT_EQ(windows.unended_points(), 2u) << "the second one ended";
}

TEST_F(Batches, TheNextWindowHasNoTraceOfTheLast) {
  send(test::begin_request(batch, 1));
  send(test::point_request(batch, 5, {{"x", 1}}));
  send(test::end_request(batch));
  batch.tags.clear();
  send(test::begin_request(batch, 0));
  const GroupWindow* const window = send(test::end_request(batch));
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(window->rows(), 0u);
  EXPECT_TRUE(window->tags.empty());
}

TEST_F(Batches, StraysAreDroppedAndCounted) {
  send(test::point_request(batch, 5, {{"x", 1}}));
  EXPECT_EQ(send(test::end_request(batch)), nullptr);
  send(test::begin_request(batch, 1));
  send(test::point_request(batch, 5, {{"x", 1}}));
  send(test::begin_request(batch, 1));
  EXPECT_EQ(send(test::end_request(batch))->rows(), 0u) << "the second begin discards the first";
  EXPECT_EQ(windows.dropped(), 3u);
}

TEST_F(Batches, AMalformedPointIsLeftOutOfItsWindow) {
  send(test::begin_request(batch, 1));
  EXPECT_FALSE(windows.point(wire::as_bytes("\x42\x7f")));
  send(test::point_request(batch, 5, {{"x", 1}}));
  EXPECT_EQ(send(test::end_request(batch))->rows(), 1u);
}

}  // namespace
}  // namespace oddity::window
