// The agent on a stream edge: points come one by one, and each is judged.
#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "run.hpp"
#include "stream.hpp"

namespace oddity::test {
namespace {

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
  for (std::int64_t time = 0; time < 60; ++time)
    lp << fmt::format("cpu,host=a x={} {}\n", usual_value(time), time);
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
  points.push_back(stream_point(60, 21));
  points.push_back(stream_point(60, 60));
  const Heard all = heard(point_init(), points);
  EXPECT_EQ(all.points.back().time(), 60 * second);
  EXPECT_EQ(flag_of(all.points.back(), "anomalous"), true);
  EXPECT_EQ(all.points[all.points.size() - 4].time(), 30 * second);
  EXPECT_NE(
      all.log.find(
          "of 64 points 1 came with an earlier time than the one before in their group, 2 with the same"),
      std::string::npos)
      << all.log;
  EXPECT_NE(all.log.find("time goes backwards: group 'host=a'"), std::string::npos);
  EXPECT_NE(all.log.find("group 'host=a' has several points of one time"), std::string::npos);
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
