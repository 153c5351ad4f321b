// `oddity live` on stdin and stdout: what is kept over restarts, and no harm to either process changes an answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live_series.hpp"

namespace oddity::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST_F(Live, AWorkerThatIsKilledChangesNothing) {
  const std::string text = series(0, 2'000, "m", 1'500);
  const std::string undisturbed = judge(text, std::string(zscore) + "--pass-through").out;
  LiveProcess live(words({"--pass-through", "--save-every", "50ms"}), here());
  std::string out;
  constexpr int step = 100;
  for (int from = 0; from < 2'000; from += step) {
    live.write(series(from, from + step, "m", 1'500));
    if (from % 200 == 0) live.kill_worker();
    out += live.lines(step);
  }
  EXPECT_EQ(live.end(), 0);
  EXPECT_EQ(out, undisturbed);
  EXPECT_THAT(live.log(), HasSubstr("started again 10 times"));
  EXPECT_THAT(live.log(),
              HasSubstr("stopped after 2000 lines (0 could not be read) with 2000 points of 1 series"));
}

TEST_F(Live, AKeeperThatIsKilledForgetsNothingThatItHasAnswered) {
  const std::string state = path("state");
  std::string out;
  for (int life = 0; life < 5; ++life) {
    LiveProcess live(words({"--state", state, "--save-every", "30ms", "--pass-through"}), here());
    for (int i = 0; i < 4; ++i) {
      const int from = life * 400 + i * 100;
      live.write(series(from, from + 100, "m", 1'500));
      out += live.lines(100);
    }
    // Who is killed between an answer and its mark answers once more. Each write is short enough to be one batch.
    ASSERT_TRUE(LiveProcess::soon([&] { return marked(state) == static_cast<std::uint64_t>(life + 1) * 4; }));
    live.kill();
  }
  EXPECT_EQ(out, judge(series(0, 2'000, "m", 1'500), std::string(zscore) + "--pass-through").out);
}

TEST_F(Live, StateGoesOnWhereItStopped) {
  const std::string state = " --state '" + path("state") + "'";
  judge(series(0, 100), zscore + state);
  EXPECT_THAT(judge(series(100, 110), zscore + state).out, HasSubstr(" 100\n"));
  EXPECT_THAT(judge(series(100, 110), zscore).out, Not(HasSubstr(" 100\n"))) << "without it all begins anew";
  EXPECT_THAT(judge("", zscore + state).errors, HasSubstr("0 points of 1 series")) << "though nothing came";
  EXPECT_EQ(run("snapshot inspect '" + path("state") + "/state'").exit_code, 0) << "it is the usual envelope";
}

TEST_F(Live, StateThatIsDamagedIsLaidAsideAndSaid) {
  const std::string flags = zscore + (" --state '" + path("state") + "'");
  judge(series(0, 100), flags);
  std::filesystem::resize_file(path("state") + "/state", 100);
  const Finished done = judge(series(100, 110), flags);
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_THAT(done.errors, HasSubstr("cannot be used"));
  EXPECT_TRUE(std::filesystem::exists(path("state") + "/state.unusable"));
}

TEST_F(Live, AFolderInThePlaceOfAFileOfTheStateIsSaid) {
  for (const char* const name : {"state", "queue/results-00000000000000000001", "marks", "lock"}) {
    const std::string folder = path("state-" + std::to_string(name[0]));
    std::filesystem::create_directories(folder + "/" + name);
    const Finished done =
        judge("m x=1 1\n", std::string(zscore) + "--to http://127.0.0.1:1 --state '" + folder + "'");
    EXPECT_EQ(done.exit_code, 2) << name;
    EXPECT_THAT(done.errors, testing::ContainsRegex("a folder of that name|Is a directory")) << name;
    EXPECT_THAT(done.errors, HasSubstr(folder)) << name;
    EXPECT_THAT(done.errors, Not(HasSubstr("basic_filebuf"))) << name;
  }
}

TEST_F(Live, TwoProcessesCannotHaveOneState) {
  LiveProcess first(words({"--state", path("state")}), here());
  ASSERT_TRUE(LiveProcess::soon([&] { return first.worker() != 0; }));
  const Finished second = judge("", std::string(zscore) + "--state '" + path("state") + "'");
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.errors, HasSubstr("which process " + std::to_string(first.pid()) + " has"));
}

TEST_F(Live, SaveEveryIsHowOftenTheStateIsWritten) {
  LiveProcess live(words({"--state", path("state"), "--save-every", "10ms", "--pass-through"}), here());
  live.write("m x=1 1\n");
  EXPECT_EQ(live.line(), "m x=1 1\n");
  EXPECT_TRUE(LiveProcess::soon([&] { return std::filesystem::exists(path("state") + "/state"); }));
  LiveProcess rarely(words({"--state", path("other"), "--save-every", "1h", "--pass-through"}), here());
  rarely.write("m x=1 1\n");
  EXPECT_EQ(rarely.line(), "m x=1 1\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(std::filesystem::exists(path("other") + "/state"));
  EXPECT_EQ(rarely.end(), 0);
  EXPECT_TRUE(std::filesystem::exists(path("other") + "/state")) << "at a stop, at any rate";
}

/// A detector that does harm to the group whose value is above 1000.
std::vector<std::string> misbehaving(const std::string& fault, std::vector<std::string> more = {}) {
  std::vector<std::string> all{"--precision",      "s",       "--algorithm",    "misbehaves",
                               "--alpha",          "0.001",   "--pass-through", "--plugins",
                               ODDITY_MISBEHAVING, "--param", "fault=" + fault};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST_F(Live, ACrashingDetectorCostsItsGroupAndNoLine) {
  LiveProcess live(misbehaving("aborts"), here());
  live.write("m,h=a x=1 1\nm,h=b x=1 1\nm,h=a x=2000 2\nm,h=b x=2 2\n");
  EXPECT_THAT(live.lines(4), HasSubstr("m,h=a x=2000 2\n")) << "handed on, unjudged";
  live.write("m,h=a x=1 3\nm,h=b x=2 3\n");
  EXPECT_EQ(live.line(), "m,h=a x=1 3\n");
  EXPECT_THAT(live.line(), HasSubstr("m,h=b x=2,x.score="));
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(), HasSubstr("W! oddity: series 'm h=a x': a detector ended the worker by signal 6"));
}

TEST_F(Live, WhatWasJudgedBeforeADetectorCrashedIsAnsweredThoughItCameInOneBatch) {
  LiveProcess live(misbehaving("aborts"), here());
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "m,h=a x=1 " + std::to_string(i) + "\nm,h=b x=" + (i == 30 ? "2000 " : "1 ") + std::to_string(i) +
            "\n";
  live.write(text);
  const std::string out = live.lines(80);
  EXPECT_THAT(out, HasSubstr("m,h=b x=1,x.score=")) << "those before";
  EXPECT_THAT(out, HasSubstr("x.alarm=false 29\nm,h=a x=1,x.score="));
  EXPECT_THAT(out, HasSubstr("m,h=b x=2000 30\n"));
  EXPECT_THAT(out, HasSubstr("m,h=b x=1 31\n")) << "from then on it is left out";
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(), HasSubstr("80 points of 2 series: 70 windows judged"));
  EXPECT_THAT(live.log(), HasSubstr("W! oddity: 10 points were not judged, as a detector crashed"));
}

TEST_F(Live, WhatASkippedSeriesLearnedBeforeIsLearnedAgain) {
  LiveProcess live(misbehaving("aborts"), here());
  live.write("m,h=b x=1 1\n");
  live.line();
  live.write("m,h=b x=1 2\nm,h=b x=2000 3\n");
  EXPECT_THAT(live.line(), HasSubstr("m,h=b x=1,x.score="));
  EXPECT_EQ(live.line(), "m,h=b x=2000 3\n");
  live.kill_worker();
  live.write("m,h=b x=1 4\n");
  EXPECT_EQ(live.line(), "m,h=b x=1 4\n");
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(), HasSubstr("W! oddity: 2 points were not judged"));
}

TEST_F(Live, FailuresOfADetectorAreInTheClosingLines) {
  LiveProcess live(misbehaving("throws"), here());
  live.write("m,h=a x=1 1\nm,h=a x=2000 2\nm,h=a x=2000 3\n");
  live.lines(3);
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(), HasSubstr("W! oddity: 2 failures of detectors"));
  LiveProcess always(misbehaving("throws"), here());
  always.write("m,h=a x=2000 2\nm,h=a x=2000 3\n");
  always.lines(2);
  EXPECT_EQ(always.end(), 1) << "nothing was judged";
}

TEST_F(Live, ADetectorThatDoesNotReturnCostsItsGroup) {
  LiveProcess live(misbehaving("never-returns", {"--patience", "500ms"}), here());
  live.write("m,h=a x=2000 2\nm,h=b x=2 2\n");
  EXPECT_EQ(live.line(), "m,h=a x=2000 2\n");
  EXPECT_THAT(live.line(), HasSubstr("m,h=b x=2,x.score="));
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(), HasSubstr("a detector did not return"));
}

TEST_F(Live, WhereNoWorkerStartsAnyMoreLinesAreHandedOn) {
  std::filesystem::create_directory(path("plugins"));
  std::filesystem::copy_file(ODDITY_MISBEHAVING "/misbehaves.so", path("plugins") + "/misbehaves.so");
  LiveProcess live({"--precision", "s", "--algorithm", "misbehaves", "--alpha", "0.001", "--pass-through",
                    "--plugins", path("plugins")},
                   here());
  live.write("m x=1 1\n");
  EXPECT_THAT(live.line(), StartsWith("m x=1"));
  std::filesystem::remove(path("plugins") + "/misbehaves.so");
  live.kill_worker();
  live.write("m x=1 2\nm x=1 3\n");
  EXPECT_EQ(live.lines(2), "m x=1 2\nm x=1 3\n");
  EXPECT_TRUE(live.says("2 lines are not judged, as no worker survived them; the first is 'm x=1 2'"));
  live.close_input();
  EXPECT_TRUE(live.says("W! oddity: 2 lines were not judged, as no worker survived them"))
      << "nor is there one to save a state, which would be waited for";
  EXPECT_EQ(live.end(), 0);
}

TEST_F(Live, WhatADetectorPrintsIsNoLineOfOurs) {
  LiveProcess live(misbehaving("prints"), here());
  live.write("m x=2000 2\n");
  EXPECT_THAT(live.line(), StartsWith("m x=2000"));
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.rest(), IsEmpty());
}

TEST_F(Live, MaxWaitingBoundsWhatIsReadAhead) {
  LiveProcess live(
      misbehaving("sleeps", {"--param", "wait=3s", "--max-waiting", "1K", "--state", path("state")}), here());
  std::string one;
  for (int i = 0; i < 100; ++i) one += "m x=1 " + std::to_string(i) + "\n";
  live.write("m x=2000 1\n");
  std::thread writer([&] {
    for (int i = 0; i < 200; ++i) live.write(one);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  std::uintmax_t taken = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path("state")))
    if (entry.path().filename().string().starts_with("journal-")) taken += entry.file_size();
  EXPECT_LT(taken, 600'000u) << "of a megabyte and more: the rest waits in the pipe";
  std::size_t lines = 0;
  while (lines < 20'001 && !live.line().empty()) ++lines;
  writer.join();
  EXPECT_EQ(lines, 20'001u) << "and nothing is lost";
}

TEST_F(Live, AJournalThatIsDamagedIsKeptAndSaid) {
  {
    LiveProcess live(misbehaving("never-returns", {"--state", path("state")}), here());
    live.write("m x=2000 1\n");
    ASSERT_TRUE(LiveProcess::soon(
        [&] { return std::filesystem::exists(path("state") + "/journal-00000000000000000001"); }));
    live.kill();
  }
  std::fstream journal(path("state") + "/journal-00000000000000000001",
                       std::ios::in | std::ios::out | std::ios::binary);
  journal.seekp(-2, std::ios::end);
  journal.put('?');
  journal.close();
  LiveProcess live(misbehaving("none", {"--state", path("state")}), here());
  live.write("m x=1 2\n");
  EXPECT_THAT(live.line(), StartsWith("m x=1"));
  EXPECT_EQ(live.end(), 0);
  EXPECT_THAT(live.log(),
              HasSubstr("W! oddity: 1 batches of lines in the journal cannot be read and are lost"));
  EXPECT_TRUE(std::filesystem::exists(path("state") + "/journal-00000000000000000001.damaged"));
}

TEST_F(Live, TheFolderOfAKilledProcessGoesWithTheNextStart) {
  const auto folders = [this] {
    std::size_t there = 0;
    for (const auto& entry : std::filesystem::directory_iterator(here()))
      there += entry.path().filename().string().starts_with("oddity-live-") ? 1 : 0;
    return there;
  };
  ::setenv("TMPDIR", here().c_str(), 1);
  {
    LiveProcess live(words({"--pass-through"}), here());
    live.write("m x=1 1\n");
    live.line();
    live.kill();
  }
  EXPECT_EQ(folders(), 1u);
  EXPECT_EQ(judge(series(0, 3), zscore).exit_code, 0);
  ::unsetenv("TMPDIR");
  EXPECT_EQ(folders(), 0u);
}

TEST_F(Live, WhereNobodyReadsItStops) {
  LiveProcess live(words({"--pass-through"}), here());
  live.write("m x=1 1\n");
  EXPECT_EQ(live.line(), "m x=1 1\n");
  live.stop();
  EXPECT_EQ(live.wait_reading(), 0);
  EXPECT_THAT(live.log(), HasSubstr("signal 15: stopping"));
}

}  // namespace
}  // namespace oddity::test
