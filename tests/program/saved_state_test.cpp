// What a process leaves behind when it is stopped, and who takes it.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "agent.hpp"
#include "base/error.hpp"
#include "state/envelope.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class SavedState : public testing::Test {
 protected:
  SavedState() : folder_(fs::temp_directory_path() / ("oddity-saved-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    configure("");
  }
  ~SavedState() override { fs::remove_all(folder_); }

  void configure(const std::string& more, const std::string& dir = "states") const {
    std::ofstream(folder_ / "oddity.yaml") << "state:\n  dir: " << dir << "\n" << more;
  }
  std::unique_ptr<StandIn> start(const udf::Request& init = usual_init()) const {
    auto agent = std::make_unique<StandIn>(
        ODDITY_PROGRAM, std::vector<std::string>{"agent", "--config", (folder_ / "oddity.yaml").string()});
    agent->send(init);
    const auto answer = agent->next();
    EXPECT_TRUE(answer && answer->init().success()) << answer->init().error();
    return agent;
  }
  static void send_window(StandIn& agent, int index, const std::string& group = "") {
    Batch batch = batch_until(20 * (index + 1));
    batch.group = group;
    const auto values = wave(index, 20);
    agent.send(begin_request(batch, 20));
    for (int row = 0; row < 20; ++row) {
      agent.send(
          point_request(batch, (20 * index + row) * second, {{"x", values[static_cast<std::size_t>(row)]}}));
    }
    agent.send(end_request(batch));
  }
  static std::string snapshot(StandIn& agent) {
    agent.send(snapshot_request());
    while (auto response = agent.next()) {
      if (response->has_snapshot()) return response->snapshot().snapshot();
    }
    ADD_FAILURE() << "no snapshot";
    return {};
  }
  /// Its log, once it has ended.
  static std::string stop(StandIn& agent) {
    agent.close_input();
    EXPECT_EQ(agent.exit_code(), 0);
    return agent.log();
  }
  /// The log of a use that is handed `snapshot` and then nothing.
  std::string log_of_restoring(const std::string& snapshot) const {
    const auto agent = start();
    agent->send(restore_request(snapshot));
    const auto answer = agent->next();
    EXPECT_TRUE(answer && answer->restore().success());
    return stop(*agent);
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder_ / "states", none)) found.push_back(entry.path());
    return found;
  }
  /// A run of `before` windows, a snapshot, and `after` more windows before it is stopped.
  std::string run(int before, int after) const {
    const auto agent = start();
    for (int i = 0; i < before; ++i) send_window(*agent, i);
    std::string state = snapshot(*agent);
    for (int i = before; i < before + after; ++i) send_window(*agent, i);
    stop(*agent);
    return state;
  }

  fs::path folder_;
};

TEST_F(SavedState, WhatCameAfterTheLastSnapshotIsNotLost) {
  const std::string snapshot = run(3, 4);
  ASSERT_EQ(files().size(), 1u);
  const auto agent = start();
  agent->send(restore_request(snapshot));
  EXPECT_TRUE(agent->next()->restore().success());
  send_window(*agent, 7);
  const auto judged = agent->next();
  const std::string log = stop(*agent);
  EXPECT_NE(log.find("state restored as it was at the last stop: 1 groups, 1 detectors"), std::string::npos)
      << log;

  const auto uninterrupted = start();
  for (int i = 0; i < 8; ++i) send_window(*uninterrupted, i);
  uninterrupted->close_input();
  const auto whole = uninterrupted->rest();
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->SerializeAsString(), whole.back().SerializeAsString());
}

TEST_F(SavedState, ARunThatNeverAnsweredASnapshotLeavesNothing) {
  const auto agent = start();
  for (int i = 0; i < 5; ++i) send_window(*agent, i);
  stop(*agent);
  EXPECT_TRUE(files().empty()) << "nobody could ever ask for it";
}

TEST_F(SavedState, WithoutARestoreNoFileIsRead) {
  run(3, 3);
  const auto agent = start();  // the task was deleted and defined anew: a reset
  send_window(*agent, 6);
  EXPECT_NE(stop(*agent).find("state fresh: Kapacitor has no snapshot of this node"), std::string::npos);
}

TEST_F(SavedState, ADamagedFileIsSaidAndKapacitorsSnapshotServes) {
  const std::string snapshot = run(3, 3);
  for (const fs::path& file : files()) fs::resize_file(file, fs::file_size(file) / 2);
  const std::string log = log_of_restoring(snapshot);
  EXPECT_NE(log.find("the state saved at the last stop cannot be used, Kapacitor's snapshot is"),
            std::string::npos);
  EXPECT_NE(log.find("state restored: 1 groups, 1 detectors"), std::string::npos) << log;
}

TEST_F(SavedState, AFileOlderThanTheSnapshotIsNotTaken) {
  const auto agent = start();
  send_window(*agent, 0);
  const std::string first = snapshot(*agent);
  send_window(*agent, 1);
  const std::string second = snapshot(*agent);
  stop(*agent);
  ASSERT_EQ(files().size(), 1u);
  std::ofstream(files()[0], std::ios::binary) << first;  // as if the last stop had not come to write it
  EXPECT_NE(log_of_restoring(second).find("; state restored: "), std::string::npos);
  EXPECT_NE(log_of_restoring(first).find("as it was at the last stop"), std::string::npos);
}

/// A replay of a task is handed the live task's snapshot, and has its ids; it must not disturb it.
TEST_F(SavedState, AReplayLeavesTheLiveTasksStateAlone) {
  const auto live = start();
  for (int i = 0; i < 3; ++i) send_window(*live, i);
  const std::string snapshot_of_live = snapshot(*live);
  {
    const auto replay = start();
    replay->send(restore_request(snapshot_of_live));
    EXPECT_TRUE(replay->next()->restore().success());
    for (int i = 0; i < 9; ++i) send_window(*replay, i);
    stop(*replay);
  }
  EXPECT_TRUE(files().empty()) << "Kapacitor has nothing that names the replay";
  send_window(*live, 3);
  stop(*live);
  ASSERT_EQ(files().size(), 1u);
  EXPECT_EQ(files()[0].filename(), state::to_text(state::open(snapshot_of_live).origin.run) + ".state");
}

TEST_F(SavedState, OldFilesGo) {
  run(2, 0);
  ASSERT_EQ(files().size(), 1u);
  fs::last_write_time(files()[0], fs::file_time_type::clock::now() - std::chrono::hours(8 * 24));
  run(2, 0);
  EXPECT_EQ(files().size(), 1u) << "kept for seven days";
}

TEST_F(SavedState, CanBeSwitchedOff) {
  configure("", "off");
  const std::string snapshot = run(2, 2);
  EXPECT_TRUE(files().empty());
  EXPECT_NE(log_of_restoring(snapshot).find("state restored: 1 groups, 1 detectors; not saved at a stop"),
            std::string::npos);
}

TEST_F(SavedState, AFolderThatCannotBeWrittenIsSaidAndHarmless) {
  std::ofstream(folder_ / "states") << "a file is in the way";
  const auto agent = start();
  send_window(*agent, 0);
  snapshot(*agent);
  EXPECT_NE(stop(*agent).find("the state since Kapacitor's last snapshot is lost"), std::string::npos);
}

TEST_F(SavedState, BeyondItsSizeTheLeastRecentlyUsedGroupsAreLeftOutAndThatIsSaid) {
  configure("  maxSnapshot: 2kB\n");
  const auto agent = start();
  for (int group = 0; group < 20; ++group) send_window(*agent, 0, "host=" + std::to_string(group));
  const std::string state = snapshot(*agent);
  EXPECT_LE(state.size(), 2000u);
  EXPECT_NE(stop(*agent).find("least recently used groups are not in it"), std::string::npos);
}

TEST_F(SavedState, WhateverIsRestoredTheAnswerIsSuccessAndTheLogIsLoud) {
  const std::string whole = run(2, 0);
  std::string damaged = whole;
  damaged[damaged.size() / 2] ^= 4;
  for (const std::string& garbage : {std::string("garbage"), std::string(20'000'000, 'x'), damaged,
                                     whole.substr(0, whole.size() - 1), std::string("\0", 1)}) {
    EXPECT_NE(log_of_restoring(garbage).find("STATE LOST, starting fresh: "), std::string::npos);
  }
  EXPECT_NE(log_of_restoring("").find("state fresh: the snapshot is empty"), std::string::npos);
}

TEST_F(SavedState, StrictByConfigurationItIsRefused) {
  configure("  onMismatch: refuse\n");
  const auto agent = start();
  agent->send(restore_request("garbage"));
  const auto answer = agent->next();
  ASSERT_TRUE(answer && answer->has_restore());
  EXPECT_FALSE(answer->restore().success());
  EXPECT_EQ(
      answer->restore().error(),
      "a saved state: expected one that can be used, got expected a saved state of at least 48 bytes, got 7 "
      "(state.onMismatch: fresh starts anew instead)");
}

}  // namespace
}  // namespace oddity::test
