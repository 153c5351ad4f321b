// Stopped after any window, saved, restored into a new process, gone on: the same bytes as without the stop.
#include <cmath>
#include <fstream>

#include "life.hpp"
#include "own_detectors.hpp"

namespace oddity::test {
namespace {

class Restart : public testing::TestWithParam<const char*> {
 protected:
  static Init init() { return init_of(GetParam()); }
  /// So many windows are answered at least; fewer of a detector that learns first.
  static std::size_t least() {
    const std::string detector = GetParam();
    if (detector == "jump") return 30;
    return detector == "seasonal" || detector == "novelty" ? 20 : 40;
  }
};

/// Stopped after any window, saved, and restored into a new process.
void expect_the_same_after_any_stop(const Init& init, std::size_t least) {
  std::vector<std::string> whole;
  std::string last_state;
  {
    Agent agent(init);
    for (int i = 0; i < windows; ++i) send_window(agent, i);
    last_state = snapshot(agent, whole);
    finish(agent, whole);
  }
  ASSERT_GT(whole.size(), least);
  for (int stop = 0; stop <= windows; ++stop) {
    std::vector<std::string> parts;
    std::string state;
    {
      Agent before(init);
      for (int i = 0; i < stop; ++i) send_window(before, i);
      state = snapshot(before, parts);
      finish(before, parts);
    }
    Agent after(init);
    after.send(restore_request(state));
    ASSERT_TRUE(after.next()->restore().success());
    std::vector<std::string> at_once;
    EXPECT_EQ(content_of(snapshot(after, at_once)), content_of(state))
        << "restored and saved again, stop " << stop;
    for (int i = stop; i < windows; ++i) send_window(after, i);
    EXPECT_EQ(content_of(snapshot(after, parts)), content_of(last_state)) << "stop " << stop;
    finish(after, parts);
    ASSERT_EQ(parts, whole) << "stop after window " << stop;
  }
}

TEST_P(Restart, AfterAnyWindowTheRestIsTheSameBytes) { expect_the_same_after_any_stop(init(), least()); }

/// With what decides beside p, each of its extents as a number or as a time.
Init every_stage(const std::string& detector, const char* rest, const char* relearn_after,
                 const char* min_history) {
  Init all = Init().field("x").size(70).algorithm(detector);
  if (detector == "seasonal") all.param("period", "30s");
  all.text("falseAlarms", "1/5m")
      .text("rest", rest)
      .text("relearnAfter", relearn_after)
      .text("minHistory", min_history)
      .text("onConstant", "floor")
      .text("autocorrelation", "adjust");
  udf::OptionValue& effect = all.option("minEffect");
  effect.set_type(udf::DOUBLE);
  effect.set_doublevalue(0.5);
  return all;
}

/// Each of them remembers something: earlier answers, the last alarm, the anomalous run and who follows it, what is
/// usual, how rows depend on each other, how far apart windows are.
TEST_P(Restart, WithEveryStageTheRestIsTheSameBytesToo) {
  expect_the_same_after_any_stop(every_stage(GetParam(), "4", "3", "2"), least());
}

/// The fault has two windows, fifteen seconds apart.
TEST_P(Restart, WithEveryStageByTimeTheRestIsTheSameBytesToo) {
  expect_the_same_after_any_stop(every_stage(GetParam(), "1m", "20s", "30s"), least());
}

INSTANTIATE_TEST_SUITE_P(EveryPlugin, Restart, testing::ValuesIn(own_detectors),
                         [](const auto& tested) { return std::string(tested.param); });

/// The detectors that there were on the day of the first format.
class RestartFromTheFirstFormat : public Restart {};

INSTANTIATE_TEST_SUITE_P(EachThen, RestartFromTheFirstFormat, testing::Values("ttest", "zscore", "ks"),
                         [](const auto& tested) { return std::string(tested.param); });

/// Two answers with the same numbers but for rounding.
void expect_alike(const std::string& one, const std::string& other) {
  udf::Response ours, theirs;
  ASSERT_TRUE(ours.ParseFromString(one) && theirs.ParseFromString(other));
  ASSERT_FALSE(ours.point().fieldsdouble().empty());
  for (const auto& field : ours.point().fieldsdouble()) {
    EXPECT_NEAR(field_of(theirs.point(), field.key()), field.value(), 1e-9 * std::abs(field.value()))
        << field.key();
  }
}

/// A state saved by the program of a day on which a format was the newest, after
/// twelve windows of this very life.
TEST_P(RestartFromTheFirstFormat, TheRestIsTheSame) {
  constexpr int stop = 12;
  std::vector<std::string> whole;
  // There was no calibration on that day, so no earlier answers either, and no last alarm.
  const auto as_then = [] { return init().text("calibrate", "none").text("rest", "0"); };
  {
    Agent agent(as_then());
    for (int i = 0; i < stop; ++i) send_window(agent, i);
    snapshot(agent, whole);
    whole.clear();
    for (int i = stop; i < windows; ++i) send_window(agent, i);
    finish(agent, whole);
  }
  Agent agent(as_then());
  agent.send(restore_request(golden_state(std::string("format_1_") + GetParam())));
  ASSERT_TRUE(agent.next()->restore().success());
  std::vector<std::string> rest;
  for (int i = stop; i < windows; ++i) send_window(agent, i);
  finish(agent, rest);
  ASSERT_EQ(rest.size(), whole.size());
  if (std::string(GetParam()) == "ks") {
    EXPECT_EQ(rest, whole);
  } else {
    // What was learned then is samples, and leaves one by one; what is learned now leaves in windows. They are
    // the same once eight further windows have come to both groups, and all from before has left.
    constexpr std::size_t full = 8 * 2;
    ASSERT_GT(rest.size(), full + 4);
    for (std::size_t i = full; i < rest.size(); ++i) {
      SCOPED_TRACE(i);
      expect_alike(rest[i], whole[i]);
    }
  }
  agent.exit_code();  // its log is whole then
  EXPECT_NE(agent.log().find(": 2 groups, 2 detectors\n"), std::string::npos) << agent.log();
}

TEST(RestartOptions, ASnapshotInsideABatchIsTheStateBeforeItsBegin) {
  Agent agent(usual_init());
  std::vector<std::string> answers;
  agent.send_window(batch_until(20), "x", wave(0, 20), 0);
  const std::string before = snapshot(agent, answers);
  agent.send(begin_request(batch_until(40), 2));
  agent.send(point_request(batch_until(40), 25 * second, {{"x", 1}}));
  EXPECT_EQ(content_of(snapshot(agent, answers)), content_of(before));
}

/// `saved` under one set of options, restored under another: the log line of the start.
std::string start_line(const Init& saved_by, const Init& restored_by,
                       const std::vector<std::string>& arguments = {}) {
  std::string state;
  {
    Agent agent(saved_by, StandIn::Output::read, arguments);
    std::vector<std::string> answers;
    for (int i = 0; i < 5; ++i) {
      const Batch batch = batch_until(20 * (i + 1));
      agent.send(begin_request(batch, 20));
      const auto values = wave(i, 20);
      for (std::size_t row = 0; row < 20; ++row) {
        agent.send(point_request(batch, (20 * i + static_cast<std::int64_t>(row)) * second,
                                 {{"x", values[row]}, {"y", -values[row]}}));
      }
      agent.send(end_request(batch));
    }
    state = snapshot(agent, answers);
  }
  Agent agent(restored_by, StandIn::Output::read, arguments);
  agent.send(restore_request(state));
  EXPECT_TRUE(agent.next()->restore().success());
  agent.close_input();
  agent.exit_code();
  return agent.log();
}

TEST(RestartOptions, AlphaNeverMakesStateUnusable) {
  EXPECT_NE(start_line(usual_init(), Init().field("x").size(200).alpha(0.2)).find(": 1 groups, 1 detectors"),
            std::string::npos);
}

TEST(RestartOptions, AnotherSizeKeepsTheNewest) {
  for (const std::int64_t size : {10, 5000}) {
    EXPECT_NE(
        start_line(usual_init(), Init().field("x").size(size).alpha(0.001)).find(": 1 groups, 1 detectors"),
        std::string::npos);
  }
}

TEST(RestartOptions, OneMoreFieldKeepsTheOthers) {
  EXPECT_NE(start_line(usual_init(), Init().field("y").field("x").size(200).alpha(0.001))
                .find(": 1 groups, 1 detectors"),
            std::string::npos);
}

TEST(RestartOptions, AFieldThatIsGoneIsSaid) {
  const std::string log = start_line(Init().field("x").field("y").size(200).alpha(0.001), usual_init());
  EXPECT_NE(log.find(": 1 groups, 1 detectors; not used: 'ttest y' is not watched any more"),
            std::string::npos)
      << log;
}

Init with_bins(const char* bins, const char* wait = "1s") {
  return Init()
      .field("x")
      .size(200)
      .alpha(0.001)
      .algorithm("misbehaves")
      .param("bins", bins)
      .param("wait", wait);
}

/// `bins` is declared to shape the state, `wait` is not.
TEST(RestartOptions, AnotherValueOfWhatShapesTheStateStartsFreshAndSaysSo) {
  const std::vector<std::string> plugins{"--plugins", ODDITY_MISBEHAVING};
  EXPECT_NE(start_line(with_bins("20"), with_bins("20"), plugins).find(": 1 groups, 1 detectors"),
            std::string::npos);
  EXPECT_NE(start_line(with_bins("20"), with_bins("20", "3s"), plugins).find(": 1 groups, 1 detectors"),
            std::string::npos);
  const std::string log = start_line(with_bins("20"), with_bins("30"), plugins);
  EXPECT_NE(log.find("1 groups, 0 detectors; not used: 'misbehaves x' "), std::string::npos) << log;
  for (const char* shape : {"bins=20", "bins=30"}) EXPECT_NE(log.find(shape), std::string::npos) << log;
}

/// Of two detectors one has its state, the other would start fresh.
TEST(RestartOptions, WhatFitsInPartIsRefusedWhereAMismatchIs) {
  const auto init = [](const char* period) {
    return Init()
        .field("x")
        .size(200)
        .alpha(0.001)
        .algorithm("ttest")
        .algorithm("seasonal")
        .param("period", period);
  };
  const std::string strict = testing::TempDir() + "strict.yaml";
  std::ofstream(strict) << "state: {dir: off, onMismatch: refuse}\n";
  Agent saved(init("30s"));
  saved.send_window(batch_until(20), "x", wave(0, 20), 0);
  std::vector<std::string> answers;
  const std::string state = snapshot(saved, answers);
  const auto restored = [&](const char* period) {
    Agent agent(init(period), StandIn::Output::read, {"--config", strict});
    agent.send(restore_request(state));
    return agent.next()->restore();
  };
  EXPECT_TRUE(restored("30s").success()) << restored("30s").error();
  EXPECT_FALSE(restored("40s").success());
  EXPECT_EQ(restored("40s").error(),
            "a saved state: expected one that can be used, got 'seasonal x' was saved with period=30s, now "
            "runs with period=40s (state.onMismatch: fresh starts anew instead)");
}

TEST(RestartOptions, AnotherAlgorithmStartsFresh) {
  const std::string log = start_line(usual_init(), usual_init().algorithm("ks"));
  EXPECT_NE(log.find("1 groups, 0 detectors"), std::string::npos) << log;
}

}  // namespace
}  // namespace oddity::test
