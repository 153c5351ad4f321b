// `oddity snapshot inspect`, on what agents leave behind.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "life.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class SnapshotVerb : public testing::Test {
 protected:
  SnapshotVerb() {
    std::string name = (fs::temp_directory_path() / "oddity-snapshot-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~SnapshotVerb() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  /// The file that an agent leaves in state.dir after six windows of two groups; its snapshot after five.
  fs::path left_behind(std::string& before) const {
    const std::string yaml = write("oddity.yaml", "state:\n  dir: " + (folder_ / "states").string() + "\n");
    Agent agent(usual_init(), Agent::Output::read, {"--config", yaml});
    std::vector<std::string> answers;
    for (int i = 0; i < 5; ++i) send_window(agent, i);
    before = snapshot(agent, answers);
    send_window(agent, 5);
    finish(agent, answers);
    EXPECT_EQ(agent.exit_code(), 0);
    for (const auto& entry : fs::directory_iterator(folder_ / "states")) {
      if (entry.path().extension() == ".state") return entry.path();
    }
    ADD_FAILURE() << "no state was left";
    return {};
  }

  fs::path folder_;
};

TEST_F(SnapshotVerb, InspectShowsTheStateOfAStoppedAgent) {
  std::string before;
  const fs::path file = left_behind(before);
  const Finished shown = run("snapshot inspect " + file.string());
  EXPECT_EQ(shown.exit_code, 0) << shown.errors;
  EXPECT_TRUE(shown.out.starts_with(file.string() + ": a saved state, whole, of format 2, " +
                                    std::to_string(fs::file_size(file)) + " bytes\n"))
      << shown.out;
  const std::string run_id = file.stem().string();
  EXPECT_NE(shown.out.find("  run       " + run_id + ", its state 2\n"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("  written   20"), std::string::npos);
  EXPECT_NE(shown.out.find("  data      up to 1970-01-01T00:01:35Z\n"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("  detector  'ttest of x': state version 2; 2 groups, "), std::string::npos)
      << shown.out;
  EXPECT_NE(shown.out.find("group 'host=b': last window 1970-01-01T00:01:35Z, 0 groups used later\n"),
            std::string::npos)
      << shown.out;

  const Finished as_json = run("snapshot inspect --json " + file.string());
  const auto all = nlohmann::json::parse(as_json.out);
  EXPECT_EQ(all["run"], run_id);
  EXPECT_EQ(all["counter"], 2);
  EXPECT_EQ(all["groups"].size(), 2u);
  EXPECT_EQ(all["groups"][0]["detectors"][0]["lastLearned"], "1970-01-01T00:01:34Z");
}

TEST_F(SnapshotVerb, InspectShowsASnapshotsBytes) {
  std::string before;
  const fs::path file = left_behind(before);
  const std::string path = write("snapshot", before);
  const auto all = nlohmann::json::parse(run("snapshot inspect --json " + path).out);
  EXPECT_EQ(all["run"], file.stem().string()) << "the same run";
  EXPECT_EQ(all["counter"], 1);
  EXPECT_EQ(all["latestEnd"], "1970-01-01T00:01:20Z");
  const auto piped = nlohmann::json::parse(run("snapshot inspect --json -", "cat " + path + " | ").out);
  EXPECT_EQ(piped["file"], "stdin");
  EXPECT_TRUE(piped["written"].is_null());
  EXPECT_EQ(piped["groups"], all["groups"]);
}

TEST_F(SnapshotVerb, InspectReadsTheFirstFormatToo) {
  const Finished shown = run("snapshot inspect " + write("old.state", golden_state("format_1_ks")));
  EXPECT_EQ(shown.exit_code, 0) << shown.errors;
  EXPECT_NE(shown.out.find("of format 1, "), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("'ks of x': state version "), std::string::npos) << shown.out;
}

TEST_F(SnapshotVerb, InspectEndsWithOneWhereThereIsNoState) {
  std::string damaged = golden_state("format_1_ttest");
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  for (const auto& [bytes, says] : std::vector<std::pair<std::string, std::string>>{
           {damaged, "the saved state's checksum is wrong: it is damaged"},
           {damaged.substr(0, damaged.size() / 2), "it is cut or padded"},
           {std::string(100, 'x'), "expected a state saved by Oddity, got other bytes"},
           {"", "expected a saved state of at least 48 bytes, got 0"}}) {
    const Finished done = run("snapshot inspect " + write("wrong.state", bytes));
    EXPECT_EQ(done.exit_code, 1) << says;
    EXPECT_EQ(done.out, "");
    EXPECT_NE(done.errors.find("wrong.state': expected a whole state that Oddity saved"), std::string::npos)
        << done.errors;
    EXPECT_NE(done.errors.find(says), std::string::npos) << done.errors;
  }
}

TEST_F(SnapshotVerb, InspectOfWhatCannotBeReadSaysWhy) {
  const Finished missing = run("snapshot inspect /no/such.state");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_NE(missing.errors.find("state '/no/such.state': expected a file that can be read, got No such file"),
            std::string::npos)
      << missing.errors;
  const Finished folder = run("snapshot inspect " + folder_.string());
  EXPECT_EQ(folder.exit_code, 2);
  EXPECT_NE(folder.errors.find("got a folder (name one of its files"), std::string::npos) << folder.errors;
}

}  // namespace
}  // namespace oddity::test
