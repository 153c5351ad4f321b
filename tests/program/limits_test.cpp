// Every key of `limits`, through the whole program. What is told apart is what comes, never how fast.
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "agent.hpp"

namespace oddity::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Limits : public testing::Test {
 protected:
  Limits()
      : file_(std::filesystem::temp_directory_path() /
              ("oddity-limits-" + std::to_string(::getpid()) + ".yaml")) {}
  ~Limits() override { std::filesystem::remove(file_); }

  /// An agent with these limits, whose detector misbehaves at a window of values about 2000.
  std::unique_ptr<Agent> agent(const std::string& limits, const std::string& fault,
                               const std::string& wait = "1s",
                               StandIn::Output output = StandIn::Output::read) const {
    std::ofstream(file_) << "state: {dir: off}\nlimits: {" << limits << "}\n";
    Init init;
    init.field("x").size(200).alpha(0.001).algorithm("misbehaves").param("fault", fault).param("wait", wait);
    return std::make_unique<Agent>(
        init, output, std::vector<std::string>{"--plugins", ODDITY_MISBEHAVING, "--config", file_.string()});
  }
  static int heartbeats_before_a_point(Agent& agent) {
    int heartbeats = 0;
    auto answer = agent.next(seconds(30), true);
    for (; answer && answer->has_keepalive(); answer = agent.next(seconds(30), true)) ++heartbeats;
    EXPECT_TRUE(answer && answer->has_point());
    return heartbeats;
  }
  static void send_fault(Agent& agent) { agent.send_window(batch_until(20), "x", {2000, 2001}, 0); }
  /// More output than a pipe holds, of which nothing is taken.
  static void fill_the_output(Agent& agent) {
    for (int i = 0; i < 3000; ++i) agent.send_window(batch_until(4 * (i + 1)), "x", wave(i, 4), 4 * i);
  }

  std::filesystem::path file_;
};

TEST_F(Limits, CallEndsTheTaskOfADetectorThatDoesNotReturn) {
  const auto agent = this->agent("call: 300ms, heartbeat: 1h, endCall: 50ms", "never-returns");
  send_fault(*agent);
  const auto answer = agent->next(seconds(60));
  ASSERT_TRUE(answer && answer->has_error());
  EXPECT_NE(answer->error().error().find("did not return within 0.3 s"), std::string::npos);
  EXPECT_EQ(agent->exit_code(seconds(60)), 1);
}

TEST_F(Limits, HeartbeatIsTheDistanceOfSignsOfLife) {
  const auto seldom = agent("heartbeat: 1h", "sleeps", "1200ms");
  send_fault(*seldom);
  EXPECT_EQ(heartbeats_before_a_point(*seldom), 0) << "500 ms without the key";
  const auto often = agent("heartbeat: 20ms", "sleeps", "1200ms");
  send_fault(*often);
  EXPECT_GT(heartbeats_before_a_point(*often), 5);
}

TEST_F(Limits, OutputStallEndsWhatNobodyReads) {
  const auto agent = this->agent("outputStall: 300ms, endStall: 1h", "none", "1s", StandIn::Output::unread);
  fill_the_output(*agent);
  EXPECT_NE(agent->exit_code(seconds(60)), -1)
      << "left by itself, its input still open; 60 s without the key";
}

TEST_F(Limits, EndStallIsWhatASlowReaderGetsAfterTheEnd) {
  const auto patient = agent("endStall: 1h, outputStall: 1h", "none", "1s", StandIn::Output::unread);
  fill_the_output(*patient);
  patient->close_input();
  std::this_thread::sleep_for(milliseconds(2500));  // 1 s without the key
  patient->read_output();
  int points = 0;
  while (const auto answer = patient->next()) points += answer->has_point() ? 1 : 0;
  EXPECT_EQ(points, 3000) << "everything is delivered";
  const auto hasty = agent("endStall: 100ms, outputStall: 1h", "none", "1s", StandIn::Output::unread);
  fill_the_output(*hasty);
  hasty->close_input();
  EXPECT_EQ(hasty->exit_code(seconds(60)), 0);
}

TEST_F(Limits, EndCallIsWhatADetectorAtWorkGetsAfterTheEnd) {
  // As long as somebody reads the answer is waited for; here nobody does.
  const std::string usual = "endStall: 100ms, call: 1h, heartbeat: 1ms, outputStall: 1h, endCall: ";
  const auto patient = agent(usual + "1h", "sleeps", "3500ms", StandIn::Output::unread);
  send_fault(*patient);
  patient->close_input();
  EXPECT_EQ(patient->exit_code(seconds(60)), 0);
  EXPECT_NE(patient->log().find("ended (input ended and nobody reads the output): 1 windows in 1 groups"),
            std::string::npos)
      << "the window was judged to its end; 2 s without the key\n"
      << patient->log();
  const auto hasty = agent(usual + "100ms", "never-returns", "1s", StandIn::Output::unread);
  send_fault(*hasty);
  hasty->close_input();
  EXPECT_NE(hasty->exit_code(seconds(60)), -1) << "it leaves without it";
}

/// Bytes that a process has read so far, from wherever.
std::uint64_t bytes_read(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/io");
  std::string word;
  std::uint64_t bytes = 0;
  file >> word >> bytes;
  return bytes;
}

TEST_F(Limits, InboxIsHowMuchWaitsForADetector) {
  const auto read_while_a_detector_is_at_work = [&](const std::string& inbox, std::size_t enough) {
    const auto agent = this->agent("call: 1h, endCall: 100ms, inbox: " + inbox, "never-returns");
    send_fault(*agent);
    const std::uint64_t before = bytes_read(agent->id());
    std::thread sender([&] { agent->send_bytes(std::string(4 << 20, '\1')); });
    // As long as it goes on reading, and what is asked for is not reached.
    std::uint64_t read = 0;
    for (int quiet = 0; quiet < 5 && read < enough;) {
      std::this_thread::sleep_for(milliseconds(200));
      const std::uint64_t now = bytes_read(agent->id()) - before;
      quiet = now == read ? quiet + 1 : 0;
      read = now;
    }
    ::kill(agent->id(), SIGKILL);
    sender.join();
    return read;
  };
  EXPECT_LT(read_while_a_detector_is_at_work("64KiB", 4 << 20), 1u << 20);
  EXPECT_GE(read_while_a_detector_is_at_work("64MiB", 4 << 20), 4u << 20);
}

}  // namespace
}  // namespace oddity::test
