// Traps that a detector brings: what it prints, throws, answers, and how it takes the process with it.
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "agent.hpp"

namespace oddity::test {
namespace {

Init misbehaving(std::string_view fault, std::string_view wait = "1s") {
  return Init()
      .field("x")
      .size(200)
      .alpha(0.001)
      .algorithm("misbehaves")
      .param("fault", fault)
      .param("wait", wait);
}

class PluginTraps : public testing::TestWithParam<const char*> {
 protected:
  static std::vector<std::string> plugins() { return {"--plugins", ODDITY_MISBEHAVING}; }
  /// Three windows, of which the second makes the detector misbehave.
  static void send_three(Agent& kapacitor) {
    kapacitor.send_window(batch_until(20), "x", wave(0, 20), 0);
    kapacitor.send_window(batch_until(40), "x", wave(1, 20, 5000), 20);
    kapacitor.send_window(batch_until(60), "x", wave(2, 20), 40);
  }
  static std::vector<std::int64_t> times(Agent& kapacitor) {
    kapacitor.close_input();
    std::vector<std::int64_t> all;
    for (const udf::Response& response : kapacitor.rest()) all.push_back(response.point().time() / second);
    return all;
  }
};

TEST_F(PluginTraps, WhatItPrintsToStdoutIsALogLineAndNoFrame) {
  for (const char* fault : {"prints", "prints-when-made"}) {
    Agent kapacitor(misbehaving(fault), StandIn::Output::read, plugins());
    send_three(kapacitor);
    EXPECT_EQ(times(kapacitor), (std::vector<std::int64_t>{20, 40, 60}));
    EXPECT_EQ(kapacitor.exit_code(), 0);
    EXPECT_NE(kapacitor.log().find("a library says hello"), std::string::npos) << kapacitor.log();
  }
}

class AFailure : public PluginTraps {};
TEST_P(AFailure, CostsItsWindowAndALineOfTheLog) {
  Agent kapacitor(misbehaving(GetParam()), StandIn::Output::read, plugins());
  send_three(kapacitor);
  const auto came = times(kapacitor);
  EXPECT_EQ(came.front(), 20);
  EXPECT_EQ(came.back(), 60) << "the windows after it are judged";
  EXPECT_EQ(kapacitor.exit_code(), 0);
  EXPECT_NE(kapacitor.log().find("detector 'misbehaves' failed"), std::string::npos) << kapacitor.log();
}
INSTANTIATE_TEST_SUITE_P(Of, AFailure,
                         testing::Values("throws", "throws-no-exception", "answers-p-above-one",
                                         "throws-in-update"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(PluginTraps, WhatIsNotFiniteIsAFailureAndNotSent) {
  Agent kapacitor(misbehaving("answers-nan"), StandIn::Output::read, plugins());
  send_three(kapacitor);
  kapacitor.close_input();
  for (const udf::Response& answer : kapacitor.rest()) {
    EXPECT_NE(answer.point().time(), 40 * second) << "that window has no result";
    for (const auto& field : answer.point().fieldsdouble())
      EXPECT_TRUE(std::isfinite(field.value())) << field.key();
  }
  EXPECT_EQ(kapacitor.exit_code(), 0);
  EXPECT_NE(kapacitor.log().find("detector 'misbehaves'"), std::string::npos) << kapacitor.log();
}

TEST_F(PluginTraps, AConstructorThatThrowsIsAnErrorOfInit) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--plugins", ODDITY_MISBEHAVING});
  kapacitor.send(misbehaving("throws-when-made"));
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_init());
  EXPECT_FALSE(answer->init().success());
  EXPECT_NE(answer->init().error().find("cannot be made"), std::string::npos) << answer->init().error();
  EXPECT_EQ(kapacitor.exit_code(), 1);
}

TEST_F(PluginTraps, AnAbortLeavesWholeFramesOnly) {
  Agent kapacitor(misbehaving("aborts"), StandIn::Output::read, plugins());
  send_three(kapacitor);
  const auto answers = kapacitor.rest();
  EXPECT_LE(answers.size(), 1u);
  EXPECT_EQ(kapacitor.exit_code(), -1) << "by SIGABRT: nothing can be promised after it";
  for (const char* part : {"misbehaves", "task 'task'", "node 'tTest3'"})
    EXPECT_NE(kapacitor.log().find(part), std::string::npos) << part << " in " << kapacitor.log();
}

TEST_F(PluginTraps, ALongLineToStderrIsCutBeforeItEndsKapacitorsReading) {
  Agent kapacitor(misbehaving("prints-long"), StandIn::Output::read, plugins());
  send_three(kapacitor);
  EXPECT_EQ(times(kapacitor), (std::vector<std::int64_t>{20, 40, 60}));
  EXPECT_EQ(kapacitor.exit_code(), 0);
  std::size_t longest = 0;
  std::istringstream log(kapacitor.log());
  for (std::string line; std::getline(log, line);) longest = std::max(longest, line.size());
  EXPECT_LT(longest, 64u * 1024);
}

TEST_F(PluginTraps, AChildThatItLeavesBehindHoldsNoneOfKapacitorsPipes) {
  Agent kapacitor(misbehaving("leaves-a-child"), StandIn::Output::read, plugins());
  send_three(kapacitor);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(kapacitor.next().has_value());
  ::kill(kapacitor.id(), SIGKILL);
  EXPECT_TRUE(kapacitor.rest().empty()) << "the output's end is seen";
  EXPECT_EQ(kapacitor.exit_code(), -1);
  kapacitor.log();  // waits for the end of stderr, as kapacitord does
  EXPECT_FALSE(kapacitor.send_bytes("x")) << "nobody is left to read it";
}

TEST_F(PluginTraps, ACallThatDoesNotReturnEndsTheTaskWithItsSentence) {
  const auto file =
      std::filesystem::temp_directory_path() / ("oddity-limit-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(file) << "limits:\n  call: 500ms\n";
  Agent kapacitor(misbehaving("never-returns"), StandIn::Output::read,
                  {"--plugins", ODDITY_MISBEHAVING, "--config", file.string()});
  send_three(kapacitor);
  std::optional<udf::Response> answer = kapacitor.next();
  while (answer && answer->has_point()) answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_error());
  EXPECT_NE(answer->error().error().find("detector 'misbehaves' did not return within"), std::string::npos)
      << answer->error().error();
  EXPECT_EQ(kapacitor.exit_code(), 1);
  std::filesystem::remove(file);
}

TEST_F(PluginTraps, ASnapshotThatThrowsIsAnsweredAllTheSame) {
  Agent kapacitor(misbehaving("throws-in-snapshot"), StandIn::Output::read, plugins());
  kapacitor.send_window(batch_until(20), "x", wave(0, 20), 0);
  EXPECT_TRUE(kapacitor.next()->has_point());
  kapacitor.send(snapshot_request());
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->has_snapshot()) << "an ErrorResponse would end the task: " << answer->error().error();
  kapacitor.send_window(batch_until(40), "x", wave(1, 20), 20);
  EXPECT_TRUE(kapacitor.next()->has_point());
}

TEST_F(PluginTraps, ARestoreThatThrowsStartsFresh) {
  Agent before(misbehaving("none"), StandIn::Output::read, plugins());
  before.send_window(batch_until(20), "x", wave(0, 20), 0);
  before.next();
  before.send(snapshot_request());
  const std::string state = before.next()->snapshot().snapshot();
  Agent after(misbehaving("throws-in-restore"), StandIn::Output::read, plugins());
  after.send(restore_request(state));
  const auto answer = after.next();
  ASSERT_TRUE(answer && answer->has_restore());
  EXPECT_TRUE(answer->restore().success());
  after.send_window(batch_until(40), "x", wave(1, 20), 20);
  EXPECT_TRUE(after.next()->has_point());
}

}  // namespace
}  // namespace oddity::test
