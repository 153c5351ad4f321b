// Killed without warning, restarted with what Kapacitor has: what comes is what would have come.
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "agent.hpp"
#include "own_detectors.hpp"
#include "state/envelope.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

constexpr int windows = 60;
constexpr int rounds = 200;

/// Two groups, faults now and then.
void send_window(StandIn& agent, int index) {
  for (const char* host : {"a", "b"}) {
    Batch batch{"cpu", std::string("host=") + host, {{"host", host}}, false, 10 * (index + 1) * second};
    const auto values = wave(index + *host, 10, index % 17 == 16 ? 60 : 20);
    agent.send(begin_request(batch, 10));
    for (int row = 0; row < 10; ++row)
      agent.send(
          point_request(batch, (10 * index + row) * second, {{"x", values[static_cast<std::size_t>(row)]}}));
    agent.send(end_request(batch));
  }
}

class Killed : public testing::TestWithParam<const char*> {
 protected:
  Killed() : folder_(fs::temp_directory_path() / ("oddity-killed-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "oddity.yaml") << "state: {dir: states}\n";
  }
  ~Killed() override { fs::remove_all(folder_); }

  std::unique_ptr<StandIn> start(const std::string& snapshot) const {
    auto agent = std::make_unique<StandIn>(
        ODDITY_PROGRAM, std::vector<std::string>{"agent", "--config", (folder_ / "oddity.yaml").string()});
    Init init = Init().field("x").size(60).alpha(0.001).algorithm(GetParam());
    if (std::string(GetParam()) == "seasonal") init.param("period", "30s");
    agent->send(init);
    EXPECT_TRUE(agent->next()->init().success());
    if (!snapshot.empty()) {
      agent->send(restore_request(snapshot));
      EXPECT_TRUE(agent->next()->restore().success());
    }
    return agent;
  }
  /// How many windows come before the first answer.
  static unsigned warming_up() {
    static const std::map<std::string, unsigned> windows_of{{"jump", 7}, {"seasonal", 14}, {"novelty", 15}};
    const auto found = windows_of.find(GetParam());
    return found == windows_of.end() ? 1 : found->second;
  }
  /// Each answer's bytes by its window.
  void keep(const udf::Response& answer, std::map<std::string, std::string>& answers) const {
    if (answer.has_point())
      answers[answer.point().group() + std::to_string(answer.point().time())] = answer.SerializeAsString();
  }
  fs::path file_of(const std::string& snapshot) const {
    return folder_ / "states" / (state::to_text(state::open(snapshot).origin.run) + ".state");
  }
  void expect_whole_files() const {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_ / "states", none)) {
      if (entry.path().extension() != ".state") continue;  // unfinished ones are nobody's
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      EXPECT_NO_THROW(state::open(bytes)) << entry.path();
    }
  }

  fs::path folder_;
};

TEST_P(Killed, AtAnyMomentTheRestIsThatOfTheUninterruptedRun) {
  std::map<std::string, std::string> whole;
  {
    const auto agent = start("");
    for (int i = 0; i < windows; ++i) send_window(*agent, i);
    agent->close_input();
    for (const auto& answer : agent->rest()) keep(answer, whole);
  }
  ASSERT_EQ(whole.size(), 2u * (windows - warming_up()));

  std::mt19937 random(20160101);  // the same moments in every run of this test, as far as a machine allows
  std::string snapshot;           // what Kapacitor has, and the first window that is not in it
  int next = 0;
  int restarts_into_a_saved_stop = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto agent = start(snapshot);
    std::map<std::string, std::string> answers;
    const int first = next;
    // Some windows, then a snapshot that arrives, then some that are in no snapshot.
    const int last = std::min(windows, first + 1 + static_cast<int>(random() % 4));
    for (int i = first; i < last; ++i) send_window(*agent, i);
    agent->send(snapshot_request());
    const bool asked_before = random() % 4 == 0;  // killed before the answer has come: it is not Kapacitor's
    if (!asked_before) {
      while (const auto answer = agent->next()) {
        keep(*answer, answers);
        if (!answer->has_snapshot()) continue;
        snapshot = answer->snapshot().snapshot();
        next = last;
        break;
      }
    }
    for (int i = last; i < std::min(windows, last + 2); ++i) send_window(*agent, i);
    // A third is killed while it saves its state or just after, a tenth comes to its end.
    const bool stopped = random() % 3 == 0;
    if (stopped) agent->close_input();
    if (stopped && random() % 3 == 0) agent->exit_code();
    ::usleep(static_cast<useconds_t>(random() % 6000));
    if (agent->running()) ::kill(agent->id(), SIGKILL);
    agent->exit_code();
    while (const auto answer = agent->next(std::chrono::milliseconds(0))) keep(*answer, answers);
    for (const auto& [window, bytes] : answers) ASSERT_EQ(bytes, whole.at(window)) << "round " << round;
    expect_whole_files();

    // Where this run's stop was saved and Kapacitor's snapshot names the run, the
    // next process goes on behind it.
    if (!asked_before && fs::exists(file_of(snapshot))) {
      next = std::min(windows, last + 2);
      ++restarts_into_a_saved_stop;
    }
    if (next >= windows) {
      next = 0;
      snapshot.clear();
    }
  }
  EXPECT_GT(restarts_into_a_saved_stop, 5);
}

INSTANTIATE_TEST_SUITE_P(EveryPlugin, Killed, testing::ValuesIn(own_detectors),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace oddity::test
