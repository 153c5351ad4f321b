// Traps of the life of an agent: what may be asked at any moment, and how often it may be answered.
#include <algorithm>
#include <cctype>
#include <fstream>

#include "agent.hpp"

namespace oddity::test {
namespace {

using std::chrono::seconds;

Init misbehaving(std::string_view fault, std::string_view wait = "1s") {
  return Init()
      .field("x")
      .size(200)
      .alpha(0.001)
      .algorithm("misbehaves")
      .param("fault", fault)
      .param("wait", wait);
}

TEST(LifeTraps, EachRequestIsAnsweredOnce) {
  // A response too many is parked and taken for the answer to the next request of its kind.
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  const Batch batch = batch_until(20);
  for (const udf::Request& request :
       {info_request(), udf::Request(usual_init()), restore_request("garbage"), snapshot_request(),
        begin_request(batch, 1), snapshot_request(), end_request(batch), snapshot_request()})
    kapacitor.send(request);
  kapacitor.close_input();
  std::string kinds;
  for (const udf::Response& response : kapacitor.rest())
    kinds += std::to_string(response.message_case()) + " ";
  EXPECT_EQ(kinds, "1 2 5 4 4 4 ") << "info, init, restore, three snapshots";
}

TEST(LifeTraps, ASnapshotIsAnsweredInEveryState) {
  // One that is not answered stops all snapshots of the task, and the daemon when it is asked to stop.
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  bool empty = false;
  const auto answered = [&] {
    kapacitor.send(snapshot_request());
    const auto answer = kapacitor.next(seconds(10));
    empty = !answer || answer->snapshot().snapshot().empty();
    return answer && answer->has_snapshot();
  };
  EXPECT_TRUE(answered()) << "before Info";
  EXPECT_TRUE(empty);
  kapacitor.send(usual_init());
  EXPECT_TRUE(kapacitor.next()->has_init());
  EXPECT_TRUE(answered()) << "after Init";
  EXPECT_FALSE(empty) << "what it is of stands in it from the start";
  kapacitor.send(restore_request("garbage"));
  EXPECT_TRUE(kapacitor.next()->has_restore());
  EXPECT_TRUE(answered()) << "after a restore";
  kapacitor.send(begin_request(batch_until(20), 1));
  EXPECT_TRUE(answered()) << "inside a batch";
  kapacitor.send_bytes(std::string("\x02\xff\xff", 3));
  EXPECT_TRUE(answered()) << "after a frame that cannot be read";
}

TEST(LifeTraps, KeepalivesAreAnsweredInEveryState) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  std::int64_t time = 0;
  const auto answered = [&] {
    kapacitor.send(keepalive_request(++time));
    for (auto answer = kapacitor.next(seconds(10), true); answer;
         answer = kapacitor.next(seconds(10), true)) {
      if (answer->has_keepalive() && answer->keepalive().time() == time) return true;
    }
    return false;
  };
  EXPECT_TRUE(answered()) << "before Info";
  kapacitor.send(info_request());
  EXPECT_TRUE(answered()) << "after Info";
  kapacitor.send(usual_init());
  EXPECT_TRUE(answered()) << "after Init";
  kapacitor.send(restore_request(std::string(20 << 20, 'x')));
  EXPECT_TRUE(answered()) << "after a restore";
  kapacitor.send(begin_request(batch_until(20), 1));
  EXPECT_TRUE(answered()) << "inside a batch";
  kapacitor.send_bytes(std::string("\0", 1));
  EXPECT_TRUE(answered()) << "after an empty frame";
}

TEST(LifeTraps, ALongInitIsAccompaniedByHeartbeats) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--plugins", ODDITY_MISBEHAVING});
  kapacitor.send(misbehaving("sleeps-when-made", "1200ms"));
  int heartbeats = 0;
  auto answer = kapacitor.next(seconds(20), true);
  for (; answer && answer->has_keepalive(); answer = kapacitor.next(seconds(20), true)) ++heartbeats;
  EXPECT_TRUE(answer && answer->init().success());
  EXPECT_GE(heartbeats, 1) << "nothing was asked, and yet Kapacitor hears that work goes on";
}

TEST(LifeTraps, ALongEvaluationIsAccompaniedByHeartbeats) {
  Agent kapacitor(misbehaving("sleeps", "1200ms"), StandIn::Output::read, {"--plugins", ODDITY_MISBEHAVING});
  kapacitor.send_window(batch_until(20), "x", {2000, 2001}, 0);
  int heartbeats = 0;
  auto answer = kapacitor.next(seconds(20), true);
  for (; answer && answer->has_keepalive(); answer = kapacitor.next(seconds(20), true)) ++heartbeats;
  EXPECT_TRUE(answer && answer->has_point());
  EXPECT_GE(heartbeats, 1);
}

TEST(LifeTraps, ASnapshotRequestWaitsForTheCallAndIsAnsweredThen) {
  Agent kapacitor(misbehaving("sleeps", "700ms"), StandIn::Output::read, {"--plugins", ODDITY_MISBEHAVING});
  kapacitor.send_window(batch_until(20), "x", {2000, 2001}, 0);
  kapacitor.send(snapshot_request());
  EXPECT_TRUE(kapacitor.next()->has_point());
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_snapshot());
  EXPECT_FALSE(answer->snapshot().snapshot().empty());
}

TEST(LifeTraps, TwoProcessesOfOneTaskAndNodeDoNotMeet) {
  // A replay has the ids of the live task.
  Agent live(usual_init()), replay(usual_init());
  for (int i = 0; i < 3; ++i) {
    live.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
    replay.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  }
  live.close_input();
  replay.close_input();
  const auto of_live = live.rest(), of_replay = replay.rest();
  ASSERT_EQ(of_live.size(), 2u);
  ASSERT_EQ(of_replay.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(of_live[i].SerializeAsString(), of_replay[i].SerializeAsString());
}

TEST(LifeTraps, ItAsksToBeTheFirstToGoWhenMemoryRunsOut) {
  Agent kapacitor(usual_init());
  int score = 0;
  std::ifstream("/proc/" + std::to_string(kapacitor.id()) + "/oom_score_adj") >> score;
  EXPECT_EQ(score, 500) << "kapacitord's is 0";
}

TEST(LifeTraps, NoOptionHasANameThatKapacitorTakesForItself) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  kapacitor.send(info_request());
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_info());
  for (const auto& [name, info] : answer->info().options()) {
    for (const char* taken : {"quiet", "options", "uDFName", "var", "lambda"}) EXPECT_NE(name, taken);
    EXPECT_FALSE(info.valuetypes().empty()) << name;
    EXPECT_TRUE(std::all_of(name.begin(), name.end(),
                            [](char c) { return std::isalpha(static_cast<unsigned char>(c)); }))
        << name << " has to be an identifier of TICKscript";
  }
}

}  // namespace
}  // namespace oddity::test
