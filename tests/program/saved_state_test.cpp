// What a process leaves behind when it is stopped, and who takes it.
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "agent.hpp"
#include "base/error.hpp"
#include "state/envelope.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

/// A port that this process, the agent's parent, listens on: to the agent it is a daemon that takes requests.
class Api {
 public:
  Api() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
  }
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;
  ~Api() { close(); }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

 private:
  int socket_;
};

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
  std::unique_ptr<StandIn> start(const udf::Request& init = usual_init(),
                                 const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"agent", "--config", (folder_ / "oddity.yaml").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto agent = std::make_unique<StandIn>(ODDITY_PROGRAM, arguments);
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

TEST_F(SavedState, ARunThatNeverAnsweredASnapshotLeavesNothingAndSaysSo) {
  const Api api;
  const auto agent = start();
  for (int i = 0; i < 5; ++i) send_window(*agent, i);
  EXPECT_NE(stop(*agent).find("; state not kept: stopped before Kapacitor's first snapshot of this run\n"),
            std::string::npos);
  EXPECT_TRUE(files().empty()) << "nobody could ever ask for it";
}

/// Around a restart of the daemon a task and a node are enough of a name.
class Restarted : public SavedState {
 protected:
  /// A use that the daemon stops when it stops itself, before it has asked for a snapshot.
  std::string stopped_with_the_daemon(int first, int windows, const std::string& restored = "",
                                      const udf::Request& init = usual_init()) const {
    Api api;
    const auto agent = start(init);
    if (!restored.empty()) {
      agent->send(restore_request(restored));
      EXPECT_TRUE(agent->next()->restore().success());
    }
    for (int i = first; i < first + windows; ++i) send_window(*agent, i);
    EXPECT_TRUE(agent->next()) << "it has worked, and seen that the daemon takes requests";
    api.close();
    return stop(*agent);
  }
  /// The log of the next use, which is handed nothing.
  std::string log_of_the_next(const udf::Request& init = usual_init()) const {
    const auto agent = start(init);
    send_window(*agent, 9);
    return stop(*agent);
  }
  static constexpr const char* taken =
      "state restored as it was when kapacitord stopped: 1 groups, 1 detectors\n";
  static constexpr const char* fresh = "state fresh: Kapacitor has no snapshot of this node\n";
};

TEST_F(Restarted, BeforeTheFirstSnapshotNothingIsLost) {
  const std::string log = stopped_with_the_daemon(0, 5);
  EXPECT_NE(log.find("; state saved for the restart of kapacitord\n"), std::string::npos) << log;
  const Api api;
  const auto agent = start();
  send_window(*agent, 5);
  const auto judged = agent->next();
  EXPECT_NE(stop(*agent).find(taken), std::string::npos);

  const auto uninterrupted = start();
  for (int i = 0; i < 6; ++i) send_window(*uninterrupted, i);
  uninterrupted->close_input();
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->SerializeAsString(), uninterrupted->rest().back().SerializeAsString());
}

/// An idle task is asked for snapshots, too, and might be killed after one.
TEST_F(Restarted, ASnapshotBeforeTheFirstWindowHoldsIt) {
  stopped_with_the_daemon(0, 5);
  std::string state;
  {
    const auto agent = start();
    state = snapshot(*agent);
    ::kill(agent->id(), SIGKILL);
    agent->exit_code();
  }
  EXPECT_NE(log_of_restoring(state).find("state restored: 1 groups, 1 detectors\n"), std::string::npos);
}

TEST_F(Restarted, WhatFollowsASnapshotOfAnEarlierRunIsNotLostEither) {
  const std::string snapshot = run(3, 2);
  stopped_with_the_daemon(5, 3, snapshot);
  EXPECT_NE(log_of_restoring(snapshot).find(taken), std::string::npos);
}

TEST_F(Restarted, AStateThatFollowsAnotherSnapshotIsNotTaken) {
  stopped_with_the_daemon(5, 3, run(3, 2));
  EXPECT_EQ(log_of_restoring(run(2, 0)).find(taken), std::string::npos);
}

/// A replay, or a task that was deleted and defined anew: both come by a request, after the daemon's own.
TEST_F(Restarted, TheFirstTakesItAndNobodyElse) {
  stopped_with_the_daemon(0, 5);
  const Api api;
  const auto first = start();  // before it has had any window, or a restore
  EXPECT_NE(log_of_the_next().find(fresh), std::string::npos);
  send_window(*first, 5);
  EXPECT_NE(stop(*first).find(taken), std::string::npos);
  EXPECT_NE(log_of_the_next().find(fresh), std::string::npos);
}

/// What was learned since the daemon's start is newer than any file that it was started with.
TEST_F(Restarted, ItGoesBeforeTheFileToStartFrom) {
  const std::string file = (folder_ / "older.state").string();
  std::ofstream(file, std::ios::binary) << run(2, 0);
  stopped_with_the_daemon(0, 5);
  const Api api;
  const auto agent = start(usual_init(), {"--start-from", file});
  send_window(*agent, 5);
  EXPECT_NE(stop(*agent).find(taken), std::string::npos);
  const auto next = start(usual_init(), {"--start-from", file});
  send_window(*next, 5);
  EXPECT_NE(stop(*next).find("state started from '" + file + "'"), std::string::npos);
}

TEST_F(Restarted, AWrongOptionTakesItToo) {
  stopped_with_the_daemon(0, 5);
  const auto agent = std::make_unique<StandIn>(
      ODDITY_PROGRAM, std::vector<std::string>{"agent", "--config", (folder_ / "oddity.yaml").string()});
  agent->send(Init().field("x").size(1).alpha(3));
  EXPECT_FALSE(agent->next()->init().success());
  EXPECT_NE(log_of_the_next().find(fresh), std::string::npos);
}

TEST_F(Restarted, AnotherTaskOrNodeHasAnother) {
  for (const auto& [task, node] : {std::pair("other", "tTest3"), std::pair("task", "tTest4")}) {
    stopped_with_the_daemon(0, 5);
    EXPECT_NE(log_of_the_next(usual_init().ids(task, node)).find(fresh), std::string::npos);
    EXPECT_NE(log_of_the_next().find(taken), std::string::npos);
  }
}

TEST_F(Restarted, AfterALongPauseItStartsFresh) {
  stopped_with_the_daemon(0, 5);
  ASSERT_EQ(files().size(), 1u);
  fs::last_write_time(files()[0], fs::file_time_type::clock::now() - std::chrono::minutes(11));
  EXPECT_NE(log_of_the_next().find(fresh), std::string::npos);
  EXPECT_TRUE(files().empty());
}

/// A shell that waits for us looks like a daemon that stops, all the time.
TEST_F(Restarted, WhatNeverTookRequestsIsNoDaemon) {
  const auto agent = start();
  for (int i = 0; i < 5; ++i) send_window(*agent, i);
  EXPECT_NE(stop(*agent).find("; state not kept"), std::string::npos);
  EXPECT_TRUE(files().empty());
}

/// Its port is taken, say: it starts the tasks, and stops them again.
TEST_F(Restarted, ADaemonThatFailsToStartLosesNothing) {
  stopped_with_the_daemon(0, 5);
  EXPECT_NE(stop(*start()).find(taken), std::string::npos);
  EXPECT_NE(log_of_the_next().find(taken), std::string::npos);
}

/// Its y is watched no more: of x, too, nothing is taken.
TEST_F(Restarted, WhatFitsInPartIsLeftWholeWhereAMismatchIsRefused) {
  configure("  onMismatch: refuse\n");
  stopped_with_the_daemon(0, 5, "", Init().field("x").field("y").size(200).alpha(0.001));
  const auto agent = start();
  send_window(*agent, 5);
  agent->close_input();
  EXPECT_TRUE(agent->rest().empty()) << "its first window has nothing to be held against";
  const std::string log = stop(*agent);
  EXPECT_NE(log.find("cannot be used: 'ttest y' is not watched any more\n"), std::string::npos) << log;
  EXPECT_NE(log.find(fresh), std::string::npos) << log;
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
  EXPECT_NE(log_of_restoring(second).find(": state restored: "), std::string::npos);
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

/// Each run is restored from the one before, as by kapacitord; a state of 32 MB and a hundred restarts are
/// not 3 GB.
TEST_F(SavedState, AHundredRestartsLeaveTheFilesOfTwo) {
  std::string state;
  for (int i = 0; i < 100; ++i) {
    const auto agent = start();
    if (!state.empty()) {
      agent->send(restore_request(state));
      EXPECT_TRUE(agent->next()->restore().success());
      EXPECT_LE(files().size(), 1u) << "of the run before, until a newer state is Kapacitor's";
    }
    send_window(*agent, i);
    if (i % 3 != 1) state = snapshot(*agent);
    if (i % 7 == 6) {
      ::kill(agent->id(), SIGKILL);
      agent->exit_code();
    } else {
      stop(*agent);
    }
    ASSERT_LE(files().size(), 3u) << "two states, and a note of which was first";
  }
}

TEST_F(SavedState, BeyondTheirSizeTheOldestGoAndThatIsSaid) {
  configure("  maxKept: 4kB\n");  // each has some 700 bytes
  for (int i = 0; i < 12; ++i) {
    run(3, 0);
    for (const fs::path& file : files())
      fs::last_write_time(file, fs::last_write_time(file) - std::chrono::seconds(60));
  }
  std::uintmax_t bytes = 0;
  for (const fs::path& file : files()) bytes += fs::file_size(file);
  EXPECT_LE(bytes, 4000u);
  EXPECT_GE(files().size(), 3u);
  const auto agent = start();
  for (int i = 0; i < 3; ++i) send_window(*agent, i);
  snapshot(*agent);
  const std::string log = stop(*agent);
  EXPECT_NE(log.find("saved states take more than state.maxKept: the 1 oldest were removed"),
            std::string::npos)
      << log;
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
  const std::string log = log_of_restoring(snapshot);
  EXPECT_NE(log.find("; not saved at a stop (state.dir: off)\n"), std::string::npos) << log;
  EXPECT_NE(log.find("state restored: 1 groups, 1 detectors\n"), std::string::npos) << log;
}

TEST_F(SavedState, AFolderThatCannotBeWrittenIsSaidAndHarmless) {
  std::ofstream(folder_ / "states") << "a file is in the way";
  const auto agent = start();
  send_window(*agent, 0);
  snapshot(*agent);
  const std::string log = stop(*agent);
  const std::size_t told = log.find("size=200; NOT SAVED at a stop: state '" + (folder_ / "states").string() +
                                    "': expected a folder that can be written to, got cannot be ");
  EXPECT_NE(told, std::string::npos) << log;
  EXPECT_LT(told, log.find("state fresh")) << "at the start, when it can still be mended";
  EXPECT_NE(log.find("the state since Kapacitor's last snapshot is lost"), std::string::npos);
  EXPECT_NE(log.find("; state lost\n"), std::string::npos) << log;
}

TEST_F(SavedState, WithoutAHomeThatIsSaidAtTheStart) {
  StandIn agent("/usr/bin/env", {"-u", "HOME", "-u", "XDG_STATE_HOME", ODDITY_PROGRAM, "agent"});
  agent.send(usual_init());
  EXPECT_TRUE(agent.next()->init().success());
  EXPECT_NE(stop(agent).find("NOT SAVED at a stop: neither XDG_STATE_HOME nor HOME is set"),
            std::string::npos);
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
