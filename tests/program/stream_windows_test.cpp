// The agent on a stream edge: windows made inside, what is late for them, and what is kept of them.
#include <fstream>

#include "life.hpp"
#include "run.hpp"
#include "stream.hpp"

namespace oddity::test {
namespace {

/// The same points in batches, as |window().period(20s).every(20s) makes them.
TEST(StreamEdge, WindowIsHowManyPointsOrHowLongAWindowIs) {
  std::vector<udf::Request> batches;
  for (std::int64_t start = 0; start < 80; start += 20) {
    const Batch batch{"cpu", "host=a", {{"host", "a"}}, false, (start + 20) * second};
    batches.push_back(begin_request(batch, 20));
    for (std::int64_t time = start; time < start + 20; ++time)
      batches.push_back(point_request(batch, time * second, {{"x", usual_value(time)}}));
    batches.push_back(end_request(batch));
  }
  const Heard outside = heard(point_init(), batches, {});
  const Heard by_time = heard(window_init("20s"), usual_points(0, 81));
  const Heard by_number = heard(window_init("20"), usual_points(0, 81));
  ASSERT_EQ(outside.points.size(), 3u);
  ASSERT_EQ(by_time.points.size(), 3u);
  ASSERT_EQ(by_number.points.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(by_time.points[i].SerializeAsString(), outside.points[i].SerializeAsString());
    EXPECT_EQ(by_number.points[i].time(), outside.points[i].time() - second) << "the last point's";
    EXPECT_EQ(field_of(by_number.points[i], "pvalue"), field_of(outside.points[i], "pvalue"));
  }
  EXPECT_NE(by_time.log.find("1 are in open windows"), std::string::npos) << by_time.log;
}

TEST(StreamEdge, APointAfterItsWindowIsDroppedCountedAndNamedOnce) {
  auto points = usual_points(0, 45);
  points.push_back(stream_point(10, 900));
  points.push_back(stream_point(11, 900));
  for (const auto& point : usual_points(45, 81)) points.push_back(point);
  const Heard all = heard(window_init("20s"), points);
  ASSERT_EQ(all.points.size(), 3u);
  EXPECT_LT(field_of(all.points[1], "observed"), 30);
  const auto told = all.log.find("group 'host=a': a point of 1970-01-01T00:00:10Z comes after its window");
  ASSERT_NE(told, std::string::npos) << all.log;
  EXPECT_EQ(all.log.find("comes after its window", told + 60), std::string::npos);
  EXPECT_NE(all.log.find("of 83 points 2 were late and 0 in windows that never finished"), std::string::npos)
      << all.log;
}

TEST(StreamEdge, MaxGroupsHoldsForOpenWindowsToo) {
  Init init = window_init("20s");
  udf::OptionValue& value = init.option("maxGroups");
  value.set_type(udf::INT);
  value.set_intvalue(1);
  const Heard all = heard(init, {stream_point(0, 1, "a"), stream_point(1, 1, "a"), stream_point(2, 1, "b")});
  EXPECT_NE(all.log.find("group 'host=a': its open window is dropped"), std::string::npos) << all.log;
  EXPECT_NE(all.log.find("2 in windows that never finished: dropped; 1 are in open windows"),
            std::string::npos)
      << all.log;
}

/// Every point before and after a snapshot: the answers are those of one life.
TEST(StreamEdge, OpenWindowsComeBackWithTheState) {
  for (const char* extent : {"20s", "20", "0"}) {
    const auto before = usual_points(0, 70), after = usual_points(70, 130);
    auto all = before;
    all.insert(all.end(), after.begin(), after.end());
    std::vector<std::string> expected, answers;
    for (const udf::Point& point : heard(window_init(extent), all).points)
      expected.push_back(point.SerializeAsString());
    std::string state;
    {
      Agent agent(window_init(extent), StandIn::Output::read, on_stream);
      for (const udf::Request& point : before) agent.send(point);
      state = snapshot(agent, answers);
      agent.close_input();
      for (const udf::Response& response : agent.rest()) answers.push_back(response.SerializeAsString());
    }
    Agent agent(window_init(extent), StandIn::Output::read, on_stream);
    agent.send(restore_request(state));
    ASSERT_TRUE(agent.next()->restore().success());
    for (const udf::Request& point : after) agent.send(point);
    std::string restored;
    std::vector<std::string> later;
    finish(agent, later);
    ASSERT_GE(expected.size(), later.size());
    EXPECT_GE(later.size(), 3u);
    for (std::size_t i = 0; i < later.size(); ++i) {
      udf::Response response;
      ASSERT_TRUE(response.ParseFromString(later[i]));
      EXPECT_EQ(response.point().SerializeAsString(), expected[expected.size() - later.size() + i]) << extent;
    }
    const bool windows = std::string(extent) != "0";
    EXPECT_EQ(agent.log().find("points in open windows") != std::string::npos, windows) << agent.log();
  }
}

TEST(StreamEdge, OpenWindowsOfAnotherLengthAreNotTakenUpAndThatIsSaid) {
  std::vector<std::string> answers;
  Agent agent(window_init("20s"), StandIn::Output::read, on_stream);
  for (const udf::Request& point : usual_points(0, 70)) agent.send(point);
  const std::string state = snapshot(agent, answers);
  for (const auto& [extent, why] :
       {std::pair{"30s", "open windows are not used: they were made with another 'window'"},
        {"0", "open windows are not used: each point is judged alone now"}}) {
    Agent other(window_init(extent), StandIn::Output::read, on_stream);
    other.send(restore_request(state));
    ASSERT_TRUE(other.next()->restore().success());
    other.close_input();
    other.exit_code();
    EXPECT_NE(other.log().find(why), std::string::npos) << other.log();
    EXPECT_NE(other.log().find("state restored: 1 groups, 1 detectors"), std::string::npos)
        << "what was learned stays";
  }
  Agent batch(point_init(), StandIn::Output::read);
  batch.send(restore_request(state));
  ASSERT_TRUE(batch.next()->restore().success());
  batch.close_input();
  batch.exit_code();
  EXPECT_NE(batch.log().find("open windows are not used: the function is on the batch edge now"),
            std::string::npos);
}

TEST(StreamEdge, OpenWindowsThatHaveNoRoomInTheStateAreLeftOutAndThatIsSaid) {
  const std::string path = testing::TempDir() + "stream-small.yaml";
  std::ofstream(path) << "state: {dir: off, maxSnapshot: 5kB}\n";
  Agent agent(window_init("1h"), StandIn::Output::read, {"--edge", "stream", "--config", path});
  for (const udf::Request& point : usual_points(0, 1000)) agent.send(point);
  std::vector<std::string> answers;
  EXPECT_LT(snapshot(agent, answers).size(), 5000u);
  agent.close_input();
  agent.exit_code();
  EXPECT_NE(agent.log().find("the open windows are not in it"), std::string::npos) << agent.log();
}

TEST(StreamEdge, AnInspectionShowsThatWindowsAreOpen) {
  std::vector<std::string> answers;
  Agent agent(window_init("20s"), StandIn::Output::read, on_stream);
  for (const udf::Request& point : usual_points(0, 70)) agent.send(point);
  const std::string path = testing::TempDir() + "stream-open.state";
  std::ofstream(path, std::ios::binary) << snapshot(agent, answers);
  const std::string text = run("snapshot inspect '" + path + "'").out;
  EXPECT_NE(text.find("  windows   open ones, "), std::string::npos) << text;
  const std::string json = run("snapshot inspect '" + path + "' --json").out;
  EXPECT_NE(json.find("\"openWindowsBytes\""), std::string::npos) << json;
  EXPECT_EQ(json.find("\"openWindowsBytes\": 0"), std::string::npos) << json;
}

}  // namespace
}  // namespace oddity::test
