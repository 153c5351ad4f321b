// The ways in which a session ends: never a hang, never more than it must.
#include <signal.h>
#include <sys/types.h>

#include <filesystem>
#include <fstream>

#include "agent.hpp"

namespace oddity::test {
namespace {

using std::chrono::seconds;

TEST(Ending, AtTheEndOfInputEverythingIsDelivered) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 500; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.rest().size(), 499u);
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(Ending, WhenNobodyReadsItLeavesAllTheSame) {
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  // Far more output than a pipe holds, and the input closed while it stands.
  for (int i = 0; i < 2000; ++i) kapacitor.send_window(batch_until(4 * (i + 1)), "x", wave(i, 4), 4 * i);
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(seconds(10)), 0) << kapacitor.log();
}

TEST(Ending, InputIsTakenWhileOutputStandsStill) {
  // A disable under back-pressure: kapacitord is inside a write to us and can
  // close stdin only when we take it.
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  std::string stream;
  for (int i = 0; i < 4000; ++i)
    kapacitor.send_window(batch_until(4 * (i + 1)), "x", wave(i, 4), 4 * i);  // 16 000 points: 1 MB
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(seconds(10)), 0);
}

TEST(Ending, AReaderThatGoesAwayIsAQuietEnd) {
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  kapacitor.close_output();
  for (int i = 0; i < 50; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  EXPECT_EQ(kapacitor.exit_code(seconds(10)), 0);
}

TEST(Ending, SigtermIsTheEndOfInputAndSigintIsKapacitorsOwn) {
  Agent kapacitor(usual_init());
  ::kill(kapacitor.id(), SIGINT);
  ::kill(kapacitor.id(), SIGHUP);  // kapacitord takes it for a wish to reload, and goes on
  kapacitor.send_window(batch_until(20), "x", wave(0, 20), 0);
  kapacitor.send_window(batch_until(40), "x", wave(1, 20), 20);
  EXPECT_TRUE(kapacitor.next().has_value()) << "still there";
  ::kill(kapacitor.id(), SIGTERM);
  EXPECT_EQ(kapacitor.exit_code(seconds(10)), 0);
}

TEST(Ending, NoChildIsLeftBehind) {
  Agent kapacitor(usual_init());
  int children = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/" + std::to_string(kapacitor.id()) + "/task")) {
    std::ifstream file(entry.path() / "children");
    for (pid_t child = 0; file >> child;) ++children;
  }
  EXPECT_EQ(children, 0) << "a child that keeps stderr open would hang kapacitord";
}

TEST(Ending, ARegularFileOnStdinIsReadToItsEnd) {
  std::string stream;
  const auto add = [&](const udf::Request& request) {
    const std::string body = request.SerializeAsString();
    ASSERT_LT(body.size(), 128u);
    stream += static_cast<char>(body.size()) + body;
  };
  add(usual_init());
  for (int i = 0; i < 2; ++i) {
    add(begin_request(batch_until(3 * (i + 1)), 3));
    for (int row = 0; row < 3; ++row)
      add(point_request(batch_until(3), (3 * i + row) * second, {{"x", i + row * 0.5}}));
    add(end_request(batch_until(3 * (i + 1))));
  }
  const auto file = std::filesystem::temp_directory_path() / ("oddity-stdin-" + std::to_string(::getpid()));
  std::ofstream(file, std::ios::binary) << stream;
  StandIn shell("/bin/sh", {"-c", std::string("exec ") + ODDITY_PROGRAM + " agent < " + file.string()});
  EXPECT_TRUE(shell.next()->has_init());
  EXPECT_TRUE(shell.next()->has_point());
  EXPECT_EQ(shell.exit_code(), 0);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace oddity::test
