// The agent on a stream edge: points come one by one.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <optional>

#include "agent.hpp"
#include "life.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

const std::vector<std::string> on_stream{"--edge", "stream"};

/// Never the same, about twenty.
double usual(std::int64_t time) { return 20 + std::sin(static_cast<double>(time * 7 + 1)); }

udf::Request stream_point(std::int64_t seconds, double x, const std::string& host = "a") {
  udf::Request request = point_request({"cpu", "host=" + host, {{"rack", "r"}, {"host", host}}, false, 0},
                                       seconds * second, {{"x", x}});
  udf::Point& point = *request.mutable_point();
  point.set_name("cpu");
  point.set_database("db");
  point.set_retentionpolicy("rp");
  point.add_dimensions("host");
  return request;
}

Init point_init() { return usual_init().algorithm("zscore"); }
Init window_init(const char* extent) { return point_init().text("window", extent); }
Init passing_init() {
  Init init = point_init();
  udf::OptionValue& value = init.option("passThrough");
  value.set_type(udf::BOOL);
  value.set_boolvalue(true);
  return init;
}

/// What an agent says of these points until its end, and its log.
struct Heard {
  std::vector<udf::Point> points;
  std::string log;
};

Heard heard(const udf::Request& init, const std::vector<udf::Request>& points,
            const std::vector<std::string>& arguments = on_stream) {
  Agent agent(init, StandIn::Output::read, arguments);
  for (const udf::Request& point : points) agent.send(point);
  agent.close_input();
  Heard all;
  for (const udf::Response& response : agent.rest()) all.points.push_back(response.point());
  EXPECT_EQ(agent.exit_code(), 0);
  all.log = agent.log();
  return all;
}

std::vector<udf::Request> usual_points(std::int64_t from, std::int64_t until) {
  std::vector<udf::Request> points;
  for (std::int64_t time = from; time < until; ++time) points.push_back(stream_point(time, usual(time)));
  return points;
}

std::optional<bool> flag_of(const udf::Point& point, const std::string& name) {
  for (const auto& field : point.fieldsbool())
    if (field.key() == name) return field.value();
  return std::nullopt;
}

/// The sentence with which Init is refused.
std::string refused(const udf::Request& init, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "agent");
  StandIn agent(ODDITY_PROGRAM, arguments);
  agent.send(init);
  const auto answer = agent.next();
  EXPECT_TRUE(answer && answer->has_init() && !answer->init().success());
  return answer ? answer->init().error() : "";
}

TEST(StreamEdge, InfoSaysWhatTheFunctionWants) {
  for (const auto& [edge, wants] : {std::pair{"stream", udf::STREAM}, {"batch", udf::BATCH}}) {
    StandIn agent(ODDITY_PROGRAM, {"agent", "--edge", edge});
    agent.send(info_request());
    const auto answer = agent.next();
    ASSERT_TRUE(answer && answer->has_info());
    EXPECT_EQ(answer->info().wants(), wants);
    EXPECT_EQ(answer->info().provides(), udf::STREAM);
    EXPECT_EQ(answer->info().options().at("window").valuetypes(0), udf::STRING);
    EXPECT_EQ(answer->info().options().at("passThrough").valuetypes(0), udf::BOOL);
  }
}

TEST(StreamEdge, EachPointIsJudgedAgainstThePastOfItsGroup) {
  auto points = usual_points(0, 60);
  points.push_back(stream_point(60, 60));
  points.push_back(stream_point(61, 60, "b"));
  const Heard all = heard(point_init(), points);
  ASSERT_FALSE(all.points.empty());
  const udf::Point& last = all.points.back();
  EXPECT_EQ(last.time(), 60 * second) << "b has no history";
  EXPECT_EQ(field_of(last, "observed"), 60);
  EXPECT_EQ(flag_of(last, "anomalous"), true);
  EXPECT_EQ(last.name(), "cpu");
  EXPECT_EQ(last.group(), "host=a");
  EXPECT_EQ(last.database(), "db");
  EXPECT_EQ(last.retentionpolicy(), "rp");
  ASSERT_EQ(last.tags_size(), 1) << "the group's, as of a window";
  EXPECT_EQ(last.tags(0).key(), "host");
  EXPECT_EQ(last.dimensions(0), "host");
}

/// The same rows by `replay --each`.
TEST(StreamEdge, EachPointIsJudgedAsReplayJudgesEachRow) {
  const std::string path = testing::TempDir() + "stream-edge.lp";
  std::ofstream lp(path);
  for (std::int64_t time = 0; time < 60; ++time) lp << fmt::format("cpu,host=a x={} {}\n", usual(time), time);
  lp.close();
  const Finished done =
      run("replay '" + path +
          "' --precision s --group-by host --each --field x --size 200 --alpha 0.001 --algorithm zscore");
  std::size_t found = 0;
  for (const udf::Point& point : heard(point_init(), usual_points(0, 60)).points) {
    const std::string p = fmt::format("\"pvalue\":{}", field_of(point, "pvalue"));
    EXPECT_NE(done.out.find(p), std::string::npos) << p;
    ++found;
  }
  EXPECT_GT(found, 40u);
}

/// The same points in batches, as |window().period(20s).every(20s) makes them.
TEST(StreamEdge, WindowIsHowManyPointsOrHowLongAWindowIs) {
  std::vector<udf::Request> batches;
  for (std::int64_t start = 0; start < 80; start += 20) {
    const Batch batch{"cpu", "host=a", {{"host", "a"}}, false, (start + 20) * second};
    batches.push_back(begin_request(batch, 20));
    for (std::int64_t time = start; time < start + 20; ++time)
      batches.push_back(point_request(batch, time * second, {{"x", usual(time)}}));
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

TEST(StreamEdge, YamlMayHaveTheWindowAndPassThrough) {
  const std::string path = testing::TempDir() + "stream-edge.yaml";
  std::ofstream(path) << "state: {dir: off}\ndefaults: {window: 20s}\n";
  EXPECT_EQ(heard(point_init(), usual_points(0, 81), {"--edge", "stream", "--config", path}).points.size(),
            3u);
  std::ofstream(path) << "state: {dir: off}\ndefaults: {passThrough: true}\n";
  EXPECT_EQ(heard(point_init(), usual_points(0, 81), {"--edge", "stream", "--config", path}).points.size(),
            81u);
}

TEST(StreamEdge, WithPassThroughEveryPointGoesOnAndJudgedOnesHaveTheResults) {
  auto points = usual_points(0, 60);
  points.push_back(stream_point(60, 60));
  for (udf::Request& request : points) {
    udf::Point& point = *request.mutable_point();
    auto& text = *point.add_fieldsstring();
    text.set_key("text");
    text.set_value("so");
    auto& count = *point.add_fieldsint();
    count.set_key("count");
    count.set_value(std::int64_t{1} << 60);
  }
  udf::Request without = points[0];
  without.mutable_point()->clear_fieldsdouble();
  points.push_back(without);
  const Heard all = heard(passing_init(), points);
  ASSERT_EQ(all.points.size(), points.size());
  EXPECT_EQ(all.points[0].SerializeAsString(), points[0].point().SerializeAsString()) << "not judged yet";
  EXPECT_EQ(all.points.back().SerializeAsString(), without.point().SerializeAsString()) << "nothing to judge";
  udf::Point judged = all.points[60];
  EXPECT_EQ(flag_of(judged, "anomalous"), true);
  EXPECT_EQ(field_of(judged, "observed"), 60);
  judged.clear_fieldsbool();
  while (judged.fieldsdouble_size() > 1) judged.mutable_fieldsdouble()->RemoveLast();
  EXPECT_EQ(judged.SerializeAsString(), points[60].point().SerializeAsString()) << "its own is as it was";
}

TEST(StreamEdge, AResultWhoseNameThePointHasIsPrefixed) {
  auto points = usual_points(0, 60);
  for (udf::Request& request : points) {
    for (const char* name : {"score", "oddity.score"}) {
      auto& own = *request.mutable_point()->add_fieldsint();
      own.set_key(name);
      own.set_value(5);
    }
  }
  const Heard all = heard(passing_init(), points);
  ASSERT_EQ(all.points.size(), 60u);
  const udf::Point& last = all.points.back();
  EXPECT_EQ(last.fieldsint(0).value(), 5);
  EXPECT_TRUE(std::isnan(field_of(last, "score"))) << "the name is the point's own";
  EXPECT_GE(field_of(last, "oddity.oddity.score"), 0);
  EXPECT_TRUE(flag_of(last, "anomalous"));
  EXPECT_NE(all.log.find("a point has a field 'score' of its own"), std::string::npos) << all.log;
}

TEST(StreamEdge, APointWithoutAFieldThatCanBeSentIsCountedAndSaid) {
  const Heard all = heard(passing_init(), {stream_point(0, std::nan("")), stream_point(1, 5)});
  EXPECT_EQ(all.points.size(), 1u);
  EXPECT_NE(all.log.find("1 could not be handed on"), std::string::npos) << all.log;
  EXPECT_NE(all.log.find("a point has no field that Kapacitor could take back"), std::string::npos);
}

TEST(StreamEdge, EarlierAndRepeatedTimesAreJudgedCountedAndSaid) {
  auto points = usual_points(0, 60);
  points.push_back(stream_point(30, 21));
  points.push_back(stream_point(60, 20));
  points.push_back(stream_point(60, 60));
  const Heard all = heard(point_init(), points);
  EXPECT_EQ(all.points.back().time(), 60 * second);
  EXPECT_EQ(flag_of(all.points.back(), "anomalous"), true);
  EXPECT_EQ(all.points[all.points.size() - 3].time(), 30 * second);
  EXPECT_NE(
      all.log.find(
          "of 63 points 1 came with an earlier time than the one before in their group, 1 with the same"),
      std::string::npos)
      << all.log;
  EXPECT_NE(all.log.find("time goes backwards: group 'host=a'"), std::string::npos);
  EXPECT_NE(all.log.find("group 'host=a' has several points of one time"), std::string::npos);
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

TEST(StreamEdge, OnTheBatchEdgeItsOptionsAreMistakes) {
  EXPECT_EQ(refused(window_init("20s"), {}).substr(0, 74),
            "option 'window': expected a function on the stream edge, which gets single");
  EXPECT_NE(refused(passing_init(), {}).find("option 'passThrough': expected a function on the stream edge"),
            std::string::npos);
  const std::string path = testing::TempDir() + "batch-edge.yaml";
  std::ofstream(path) << "state: {dir: off}\ndefaults:\n  window: 20s\n";
  EXPECT_NE(refused(point_init(), {"--config", path})
                .find("batch-edge.yaml:3: option 'window': expected a function"),
            std::string::npos);
  const Finished replay = run("replay - --field x --size 20 --alpha 0.1 --config '" + path + "'");
  EXPECT_EQ(replay.exit_code, 2);
  EXPECT_NE(replay.errors.find("option 'window'"), std::string::npos) << replay.errors;
}

TEST(StreamEdge, PassThroughAndWindowExcludeEachOther) {
  Init init = passing_init();
  init.text("window", "20s");
  EXPECT_NE(refused(init, on_stream).find("option 'passThrough': expected no 'window' beside it, got both"),
            std::string::npos);
  EXPECT_NE(refused(window_init("soon"), on_stream)
                .find("option 'window': expected a time such as '30m' or a number such as '20', got 'soon'"),
            std::string::npos);
}

TEST(StreamEdge, ABatchOnItIsDroppedAndCounted) {
  const Batch batch = batch_until(20);
  const Heard all = heard(point_init(), {begin_request(batch, 0), end_request(batch)});
  EXPECT_TRUE(all.points.empty());
  EXPECT_NE(all.log.find("2 malformed frames"), std::string::npos) << all.log;
}

TEST(StreamEdge, AnEdgeThatIsNoneIsRefused) {
  const Finished done = run("agent --edge both < /dev/null");
  EXPECT_NE(done.exit_code, 0);
  EXPECT_NE(done.errors.find("--edge"), std::string::npos) << done.errors;
}

}  // namespace
}  // namespace oddity::test
