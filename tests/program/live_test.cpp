// `oddity live` on stdin and stdout: each flag changes what is seen, and no harm to the worker changes any of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "files.hpp"
#include "live_process.hpp"

namespace oddity::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Live : public Files {
 protected:
  /// Values that go up and down, a point of x a second; `odd`: where one is far off.
  static std::string series(int from, int to, const std::string& name = "m", int odd = -1) {
    std::string text;
    for (int i = from; i < to; ++i) {
      const double value = 50 + 5 * std::sin(i) + (i == odd ? 500 : 0);
      text += name + " x=" + std::to_string(value) + " " + std::to_string(i) + "\n";
    }
    return text;
  }
  /// What comes out of `text`, with zscore over fifty values unless others are chosen.
  Finished judge(const std::string& text, const std::string& flags) const {
    return run("live --precision s " + flags + " <'" + write("in.lp", text) + "'");
  }
  static std::string last_line(const std::string& text) {
    if (text.empty()) return {};
    const std::size_t before = text.rfind('\n', text.size() - 2);
    return text.substr(before == std::string::npos ? 0 : before + 1);
  }
  static std::ptrdiff_t count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
  static std::vector<std::string> words(std::vector<std::string> more) {
    std::vector<std::string> all{"--precision", "s",  "--algorithm", "zscore",
                                 "--size",      "50", "--alpha",     "0.001"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  /// The last batch that is marked as answered.
  static std::uint64_t marked(const std::string& state) {
    std::uint64_t number = 0;
    std::ifstream(state + "/marks", std::ios::binary).read(reinterpret_cast<char*>(&number), sizeof number);
    return number;
  }
  std::filesystem::path here() const { return std::filesystem::path(path("x")).parent_path(); }
};

constexpr const char* zscore = "--algorithm zscore --size 50 --alpha 0.001 ";

TEST_F(Live, NeedsNoOptionToFindWhatIsLarge) {
  const Finished done =
      run("live --only-alarms --precision s <'" + write("in.lp", series(0, 500, "m,host=a", 400)) + "'");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_THAT(done.out, StartsWith("oddity_m,field=x,host=a "));
  EXPECT_EQ(last_line(done.out).substr(last_line(done.out).rfind(' ')), " 400\n");
  EXPECT_THAT(done.errors, HasSubstr("I! oddity: stopped after 500 lines"));
}

TEST_F(Live, FieldChoosesWhatIsJudged) {
  std::string both = series(0, 60);
  both += "m x=50,y=1 60\n";
  for (int i = 61; i < 130; ++i) both += "m y=" + std::to_string(i % 2) + " " + std::to_string(i) + "\n";
  EXPECT_THAT(judge(both, std::string(zscore) + "--field y").out, Not(HasSubstr("field=x")));
  EXPECT_THAT(judge(both, std::string(zscore) + "--field y").out, HasSubstr("field=y"));
  EXPECT_THAT(judge(both, zscore).out, HasSubstr("field=x"));
}

TEST_F(Live, GroupByChoosesTheTagsThatTellSeriesApart) {
  std::string two;
  for (int i = 0; i < 60; ++i)
    two +=
        "m,rack=1,host=" + std::to_string(i) + " x=" + std::to_string(i % 3) + " " + std::to_string(i) + "\n";
  EXPECT_THAT(judge(two, zscore).out, IsEmpty()) << "each host is a series of one point";
  EXPECT_THAT(judge(two, std::string(zscore) + "--group-by rack").out,
              StartsWith("oddity_m,field=x,rack=1 "));
}

TEST_F(Live, PeriodJudgesWindows) {
  const std::string text = series(0, 200);
  EXPECT_GT(count(judge(text, zscore).out), 100);
  const std::string windows = judge(text, std::string(zscore) + "--period 10s").out;
  EXPECT_LT(count(windows), 20);
  EXPECT_THAT(windows, HasSubstr(" 190\n")) << "the end of a window";
  EXPECT_LT(count(judge(text, std::string(zscore) + "--period 20").out), 10) << "by number";
}

TEST_F(Live, LatenessPutsPointsInOrder) {
  std::string mixed = series(0, 100);
  mixed += "m x=50 103\nm x=50 102\nm x=50 101\n" + series(104, 130);
  EXPECT_EQ(judge(mixed, std::string(zscore) + "--result score").out.find(" 103\n") <
                judge(mixed, std::string(zscore) + "--result score").out.find(" 101\n"),
            true);
  const std::string ordered = judge(mixed, std::string(zscore) + "--result score --lateness 5s").out;
  EXPECT_LT(ordered.find(" 101\n"), ordered.find(" 103\n"));
}

TEST_F(Live, PrecisionIsTheUnitOfTheTimes) {
  const Finished done = run("live --precision ms " + std::string(zscore) + "--ttl 1s <'" +
                            write("in.lp", series(0, 100)) + "'");
  EXPECT_THAT(done.out, EndsWith(" 99\n"));
  EXPECT_GT(count(done.out), 40);
  EXPECT_THAT(run("live --precision s " + std::string(zscore) + "--ttl 500ms <'" + path("in.lp") + "'").out,
              IsEmpty())
      << "a second apart, each point meets no history";
}

TEST_F(Live, OnlyAlarmsAndOnlyAnomaliesAreOne) {
  const std::string text = series(0, 200, "m", 150);
  const std::string alarms = judge(text, std::string(zscore) + "--only-alarms").out;
  EXPECT_LT(count(alarms), 5);
  EXPECT_THAT(alarms, HasSubstr(" 150\n"));
  EXPECT_EQ(judge(text, std::string(zscore) + "--only-anomalies").out, alarms);
}

TEST_F(Live, PassThroughHandsOnEveryLine) {
  const std::string text = "# comment\nno line\n" + series(0, 100) + "text s=\"a b\" 1\n";
  const std::string out = judge(text, std::string(zscore) + "--pass-through").out;
  EXPECT_EQ(count(out), 103);
  EXPECT_THAT(out, StartsWith("# comment\nno line\nm x=50.000000 0\n"));
  EXPECT_THAT(out, HasSubstr(",x.score="));
  EXPECT_THAT(out, EndsWith("text s=\"a b\" 1\n"));
}

TEST_F(Live, ResultAndNameChooseWhatIsWritten) {
  EXPECT_THAT(last_line(judge(series(0, 100), std::string(zscore) + "--result anomalous --name odd").out),
              "odd,field=x anomalous=false 99\n");
  EXPECT_THAT(last_line(judge(series(0, 100), std::string(zscore) + "--pass-through --result z").out),
              HasSubstr(",x.z="));
}

TEST_F(Live, WhatIsWrongIsSaidOnceAndAtOnce) {
  const Finished algorithm = judge("", "--algorithm nothing");
  EXPECT_EQ(algorithm.exit_code, 2);
  EXPECT_THAT(algorithm.errors, HasSubstr("expected one of the detectors"));
  EXPECT_EQ(algorithm.errors.find("expected one of"), algorithm.errors.rfind("expected one of"));
  EXPECT_EQ(judge("", "--lateness soon").exit_code, 2);
  EXPECT_EQ(judge("", "--max-waiting 1X").exit_code, 2);
  EXPECT_EQ(judge("", "--patience 0s").exit_code, 2);
  EXPECT_EQ(judge("", "--listen nowhere").exit_code, 2);
  EXPECT_EQ(judge("", "--to nowhere").exit_code, 2);
  EXPECT_THAT(judge("", "--listen :0").errors, HasSubstr("--token-file")) << "everybody could come";
}

TEST_F(Live, WhereNothingCouldBeReadItIsNoSuccess) {
  const Finished done = judge("nothing that is a line\nnor this\n", "");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, HasSubstr("a line cannot be read"));
  EXPECT_THAT(done.errors, HasSubstr("'nothing that is a line'"));
  EXPECT_THAT(done.errors, HasSubstr("(2 could not be read)"));
}

TEST_F(Live, AnswersAsSoonAsALineIsThere) {
  LiveProcess live(words({"--pass-through"}), here());
  live.write("m x=1 1\n");
  EXPECT_EQ(live.line(), "m x=1 1\n");
  live.write("m x=");
  live.write("2 2\nm");
  EXPECT_EQ(live.line(), "m x=2 2\n");
  EXPECT_EQ(live.end(), 0);
  EXPECT_EQ(live.rest(), "m") << "what lacks its newline at the end";
}

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
}

TEST_F(Live, ItsHelpShowsItsOwnDefaults) {
  const std::string help = run("live --help").out;
  EXPECT_THAT(help, HasSubstr("Default: novelty."));
  EXPECT_THAT(help, HasSubstr("Default: 20000."));
  EXPECT_THAT(help, Not(HasSubstr("Default: ttest.")));
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

TEST_F(Live, AResultThatIsMisspeltIsSaid) {
  const Finished done = judge(series(0, 60), std::string(zscore) + "--result scoer");
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_THAT(done.errors, HasSubstr("has no 'scoer'"));
  EXPECT_THAT(done.errors, HasSubstr("did you mean 'score'?"));
}

TEST_F(Live, AnswersThatCannotBeWrittenAreNoSuccess) {
  const Finished done = run("live --precision s " + std::string(zscore) + " <'" +
                            write("in.lp", series(0, 500)) + "' >/dev/full");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, HasSubstr("stdout takes nothing any more"));
}

TEST_F(Live, WhatIsNotJudgedAtTheEndIsSaid) {
  EXPECT_THAT(judge(series(0, 100), std::string(zscore) + "--lateness 10s").errors,
              HasSubstr("10 points wait for late ones, or in open windows, and were not judged"));
  EXPECT_THAT(judge(series(0, 100) + series(0, 5), std::string(zscore) + "--period 10s").errors,
              HasSubstr("a point came after its window was finished"));
  const Finished absent = judge(series(0, 100), std::string(zscore) + "--field nosuch");
  EXPECT_EQ(absent.exit_code, 1);
  EXPECT_THAT(absent.errors, HasSubstr("100 lines had no number to be judged"));
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

TEST_F(Live, WhereNobodyReadsItStops) {
  LiveProcess live(words({"--pass-through"}), here());
  live.write("m x=1 1\n");
  EXPECT_EQ(live.line(), "m x=1 1\n");
  live.stop();
  EXPECT_EQ(live.wait_reading(), 0);
  EXPECT_THAT(live.log(), HasSubstr("signal 15: stopping"));
}

TEST_F(Live, TheDefaultsOfAConfigurationCount) {
  const std::string config =
      write("live.yaml", "defaults:\n  algorithm: zscore\n  size: 50\n  alpha: 0.001\n");
  EXPECT_THAT(judge(series(0, 100), "--config '" + config + "'").out, HasSubstr("z="));
}

}  // namespace
}  // namespace oddity::test
