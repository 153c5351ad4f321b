// Flags of the verbs: each changes what is seen.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "agent.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class Flags : public testing::Test {
 protected:
  Flags() {
    std::string name = (fs::temp_directory_path() / "oddity-flags-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Flags() override { fs::remove_all(folder); }

  std::string path(const std::string& name) const { return (folder / name).string(); }
  /// A point a second from second 7 on.
  std::string rows(int count) const {
    std::ofstream lp(path("rows.lp"));
    const auto values = wave(3, static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
      lp << "m x=" << json(values[static_cast<std::size_t>(i)]).dump() << " " << 7 + i << "\n";
    return path("rows.lp");
  }
  /// Ends of the windows that were judged, as second of the day.
  static std::vector<std::string> ends(const std::string& command) {
    const Finished done = run(command);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    std::vector<std::string> all;
    std::istringstream lines(done.out);
    for (std::string line; std::getline(lines, line);)
      all.push_back(json::parse(line)["time"].get<std::string>().substr(14, 5));
    return all;
  }
  using Ends = std::vector<std::string>;

  fs::path folder;
};

constexpr const char* usual = " --field x --size 50 --alpha 0.01 --precision s --period 10s";

TEST_F(Flags, AlignCutsTheEdgesToMultiplesOfEvery) {
  const std::string command = "replay " + rows(40) + usual;
  EXPECT_EQ(ends(command), (Ends{"00:27", "00:37"})) << "from the first row on";
  EXPECT_EQ(ends(command + " --align"), (Ends{"00:20", "00:30", "00:40"})) << "multiples of ten seconds";
  EXPECT_EQ(ends(command + " --align --every 20s"), (Ends{"00:40"}));
}

/// The last value of one of two groups is far off.
TEST_F(Flags, EachJudgesRowsByThemselves) {
  std::ofstream(path("rows.lp")) << [] {
    std::string lp;
    for (int i = 0; i < 20; ++i) {
      for (const char* host : {"a", "b"})
        lp += std::string("m,host=") + host +
              " x=" + (i == 19 && *host == 'b' ? "99" : std::to_string(i % 3)) + " " + std::to_string(i) +
              "\n";
    }
    return lp;
  }();
  const std::string command =
      "replay " + path("rows.lp") + " --field x --size 50 --alpha 0.001 --precision s --group-by host --each";
  const Finished all = run(command);
  EXPECT_NE(all.errors.find("40 points, 40 windows in 2 groups, 1 anomalous"), std::string::npos)
      << all.errors;
  const Finished odd = run(command + " --only-anomalies --picture " + path("each.svg"));
  const json found = json::parse(odd.out);
  EXPECT_EQ(found["time"], "1970-01-01T00:00:19Z") << "a window ends at its row's time";
  EXPECT_EQ(found["tags"]["host"], "b");
  EXPECT_EQ(found["fields"]["observed"], 99.0);
  EXPECT_NE(odd.errors.find("each.svg, 2 series"), std::string::npos) << odd.errors;
  std::ofstream(path("rows.lp"), std::ios::app) << "m,host=a x=1 19\n";
  EXPECT_NE(
      run(command).errors.find("1 point with the time of the one before in the same group: judged, but"),
      std::string::npos);
}

TEST_F(Flags, EachIsInPlaceOfWindows) {
  const std::string command = "replay " + rows(40) + " --field x --size 50 --alpha 0.01 --each";
  for (const char* option : {"--period 5m", "--every 5m", "--align", "--tail"}) {
    const Finished done = run(command + " " + option);
    EXPECT_EQ(done.exit_code, 2);
    const std::string name = std::string(option).substr(0, std::string(option).find(' '));
    EXPECT_NE(done.errors.find("option '--each': expected no " + name + " beside it, got both"),
              std::string::npos)
        << done.errors;
  }
}

TEST_F(Flags, PeriodIsTheLengthAndEveryTheDistance) {
  const std::string command = "replay " + rows(45) + " --field x --size 50 --alpha 0.01 --precision s";
  EXPECT_EQ(ends(command + " --period 20s"), (Ends{"00:47"}));
  EXPECT_EQ(ends(command + " --period 20s --every 10s"), (Ends{"00:27", "00:37", "00:47"}));
  EXPECT_EQ(ends(command + " --period 10s --every 20s"), (Ends{"00:47"}));
}

TEST_F(Flags, PluginsIsWhereDetectorsAreFound) {
  const std::string command = "replay " + rows(45) + usual + " --algorithm ranksum";
  EXPECT_EQ(run(command).exit_code, 2);
  EXPECT_EQ(run(command + " --plugins " ODDITY_EXAMPLE_PLUGINS).exit_code, 0);
  const Finished demo = run("demo --algorithm ranksum --plugins " ODDITY_EXAMPLE_PLUGINS);
  EXPECT_EQ(demo.exit_code, 0) << demo.errors;
  EXPECT_NE(demo.out.find("ranksum, alpha"), std::string::npos) << demo.out;
}

TEST_F(Flags, MeasurementChoosesRows) {
  std::ofstream lp(path("two.lp"));
  for (int i = 0; i < 40; ++i)
    lp << "low x=" << i % 5 << " " << i << "\nhigh x=" << 100 + i % 5 << " " << i << "\n";
  lp.close();
  const auto expected = [&](const std::string& measurement) {
    const Finished done = run("replay " + path("two.lp") + usual + " --measurement " + measurement);
    return json::parse(done.out.substr(0, done.out.find('\n')));
  };
  EXPECT_EQ(expected("low")["fields"]["expected"], 2);
  EXPECT_EQ(expected("high")["fields"]["expected"], 102);
  EXPECT_EQ(expected("high")["name"], "high");
}

TEST_F(Flags, FormatGoesBeforeTheFilesName) {
  std::ofstream csv(path("rows.txt"));
  csv << "time,x\n";
  for (int i = 0; i < 30; ++i) csv << i << "," << i % 7 << "\n";
  csv.close();
  EXPECT_EQ(ends("replay " + path("rows.txt") + usual + " --format csv").size(), 1u);
  const Finished as_lines = run("replay " + path("rows.txt") + usual);
  EXPECT_NE(as_lines.errors.find("lines could not be read"), std::string::npos) << as_lines.errors;
  fs::copy_file(rows(45), path("lines.csv"));
  EXPECT_EQ(ends("replay " + path("lines.csv") + usual + " --format lp"),
            ends("replay " + path("rows.lp") + usual));
}

TEST_F(Flags, PictureIsOfWhatWasJudged) {
  const std::string command = "replay " + rows(45) + usual;
  const std::string out = run(command).out;
  EXPECT_EQ(run(command + " --picture " + path("found.svg")).out, out) << "results as without it";
  std::stringstream picture;
  picture << std::ifstream(path("found.svg")).rdbuf();
  EXPECT_TRUE(picture.str().starts_with("<svg"));
  EXPECT_NE(picture.str().find("field=x alpha=0.01 algorithm=ttest size=50, windows of 10s"),
            std::string::npos);
}

TEST_F(Flags, ReportIsAPageOfWhatWasJudged) {
  const std::string command = "replay " + rows(45) + usual;
  const std::string out = run(command).out;
  const Finished done = run(command + " --report " + path("found.html"));
  EXPECT_EQ(done.out, out) << "results as without it";
  EXPECT_NE(done.errors.find("found.html, 1 series"), std::string::npos) << done.errors;
  std::stringstream report;
  report << std::ifstream(path("found.html")).rdbuf();
  EXPECT_TRUE(report.str().starts_with("<!doctype html>"));
  EXPECT_NE(report.str().find("field=x alpha=0.01 algorithm=ttest size=50, windows of 10s"),
            std::string::npos);
  EXPECT_NE(report.str().find(R"("t":[17000,27000,37000,)"), std::string::npos)
      << "a point for each window, by its end: " << out;
}

TEST_F(Flags, AReportOfTooManySeriesSaysWhatItLeavesOut) {
  std::ofstream lp(path("many.lp"));
  for (int i = 0; i < 3; ++i)
    for (int host = 0; host < 5002; ++host) lp << "m,host=" << host << " x=" << i << " " << i << "\n";
  lp.close();
  const Finished done = run("replay " + path("many.lp") +
                            " --field x --size 50 --alpha 0.01 --precision s --each --group-by host " +
                            "--output /dev/null --report " + path("many.html"));
  EXPECT_NE(done.errors.find("many.html, 5000 series (not all is shown: the page says what)"),
            std::string::npos)
      << done.errors;
  std::stringstream report;
  report << std::ifstream(path("many.html")).rdbuf();
  EXPECT_NE(report.str().find("Only the first 5000 series are shown: 6 windows of further groups are left "
                              "out, the first of 'host=5000'"),
            std::string::npos);
  EXPECT_NE(report.str().find(R"("totals":{"points":15006,"series":5000,"alarms":0,"dropped":6})"),
            std::string::npos);
}

TEST_F(Flags, AReportGoesOverNoInputAndNoOtherResult) {
  const std::string file = rows(45);
  std::stringstream before;
  before << std::ifstream(file).rdbuf();
  EXPECT_EQ(run("replay " + file + usual + " --report " + file).exit_code, 2);
  EXPECT_EQ(
      run("replay " + file + usual + " --picture " + path("one") + " --report " + path("one")).exit_code, 2);
  EXPECT_EQ(run("demo --write " + path("one") + " --report " + path("one")).exit_code, 2);
  EXPECT_EQ(run("replay " + file + usual + " --report " + path("nowhere/found.html")).exit_code, 2);
  std::stringstream after;
  after << std::ifstream(file).rdbuf();
  EXPECT_EQ(after.str(), before.str());
}

TEST_F(Flags, OnlyAnomaliesLeavesOutTheRest) {
  std::ofstream lp(path("step.lp"));
  for (int i = 0; i < 60; ++i) lp << "m x=" << (i >= 30 && i < 40 ? 90 : 0) + i % 5 << " " << i << "\n";
  lp.close();
  const std::string command = "replay " + path("step.lp") + usual;
  EXPECT_EQ(ends(command), (Ends{"00:20", "00:30", "00:40", "00:50"}));
  EXPECT_EQ(ends(command + " --calibrate none --only-anomalies"), (Ends{"00:40"}));
}

TEST_F(Flags, OomScoreIsThatOfTheProcess) {
  Agent agent(usual_init(), StandIn::Output::read, {"--oom-score", "321"});
  int score = 0;
  std::ifstream("/proc/" + std::to_string(agent.id()) + "/oom_score_adj") >> score;
  EXPECT_EQ(score, 321);
}

TEST_F(Flags, ADemosSeedIsAnotherDayAndItsFlagsAreTheEngines) {
  const std::string first = run("demo").out;
  EXPECT_EQ(run("demo --seed 1").out, first);
  EXPECT_NE(run("demo --seed 2").out, first);
  EXPECT_NE(first.find("ttest, alpha 0.001, history of 3600 samples"), std::string::npos) << first;
  const std::string other = run("demo --algorithm ks --alpha 0.01 --size 1800").out;
  EXPECT_NE(other.find("ks, alpha 0.01, history of 1800 samples"), std::string::npos) << other;
  const auto judged = [](const std::string& text) { return text.substr(text.find("samples")); };
  EXPECT_NE(judged(other), judged(first));
  EXPECT_NE(first.find("\nnovelty on the same windows"), std::string::npos) << first;
  EXPECT_EQ(other.find("\nnovelty on"), std::string::npos) << "where a detector is chosen, that one alone";
  EXPECT_NE(judged(run("demo --size 600").out), judged(first));
  EXPECT_NE(judged(run("demo --alpha 0.05").out), judged(first));
  EXPECT_NE(judged(run("demo --direction below").out), judged(first));
  EXPECT_NE(judged(run("demo --algorithm ks --algorithm ttest --param ks.size=600").out),
            judged(run("demo --algorithm ks --algorithm ttest").out));
}

/// Beyond it rows go to disk, where a folder that is none cannot take them.
TEST_F(Flags, MemoryIsWhatRowsMayTake) {
  ASSERT_EQ(run("demo --write " + path("day.lp")).exit_code, 0);
  const std::string replay =
      "replay " + path("day.lp") + " --precision s --field hotend --size 3600 --alpha 0.001";
  const std::string in_memory = run(replay).out;
  EXPECT_EQ(run(replay + " --memory 100kB").out, in_memory) << "in order all the same";
  const std::string nowhere = "TMPDIR='" + path("nowhere") + "' ";
  EXPECT_EQ(run(replay, nowhere).out, in_memory) << "a day fits";
  const auto failed = run(replay + " --memory 100kB", nowhere);
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.errors.find("rows beyond --memory"), std::string::npos) << failed.errors;
}

TEST_F(Flags, ADemosPrecisionIsTheUnitOfItsTimes) {
  for (const auto& [unit, time] : {std::pair{"s", " 1451606400\n"},
                                   {"ms", " 1451606400000\n"},
                                   {"us", " 1451606400000000\n"},
                                   {"ns", " 1451606400000000000\n"}}) {
    ASSERT_EQ(run("demo --write " + path("day.lp") + " --precision " + unit).exit_code, 0);
    std::string line;
    std::ifstream file(path("day.lp"));
    std::getline(file, line);
    EXPECT_TRUE((line + "\n").ends_with(time)) << line;
    const std::string read =
        "replay " + path("day.lp") + " --field hotend --size 3600 --alpha 0.001 --precision " + unit;
    EXPECT_EQ(ends(read).size(), 287u) << "the same unit reads it again";
  }
}

TEST_F(Flags, SizeIsWhatADetectorsMemoryIsMeasuredWith) {
  const auto bytes = [](const std::string& size) {
    const json all = json::parse(run("plugin list --json --size " + size).out);
    return all.at(0)["perGroup"]["memoryBytes"].get<int>();
  };
  EXPECT_GT(bytes("3000"), bytes("100") + 8 * 2900 - 1);
}

TEST_F(Flags, MarkdownIsForPages) {
  for (const char* verb : {"plugin list", "plugin describe ttest"}) {
    EXPECT_NE(run(std::string(verb) + " --markdown").out.find("|---|"), std::string::npos) << verb;
    EXPECT_EQ(run(verb).out.find("|---|"), std::string::npos) << verb;
  }
}

/// It passes the gates and breaks the laws.
TEST_F(Flags, AnInstallMayBeUnchecked) {
  const std::string command =
      "plugin install " ODDITY_MISBEHAVING "/misbehaves.so --folder '" + path("to") + "'";
  EXPECT_EQ(run(command).exit_code, 2);
  EXPECT_FALSE(fs::exists(folder / "to" / "misbehaves.so"));
  EXPECT_EQ(run(command + " --unchecked").exit_code, 0);
  EXPECT_TRUE(fs::exists(folder / "to" / "misbehaves.so"));
}

// Plugins at a place that is not to be trusted -------------------------------------

/// Whoever owns the folder can put another file there.
TEST_F(Flags, APluginInAFolderOfAStrangerIsRefused) {
  if (::geteuid() != 0)
    GTEST_SKIP() << "only root can give a folder away; Gates.AFolderOfAStranger asks the rule itself";
  fs::create_directory(folder / "theirs");
  fs::copy_file(ODDITY_PLUGIN_FOLDER "/ttest.so", folder / "theirs" / "ttest.so");
  fs::permissions(folder / "theirs", fs::perms::owner_all);
  const std::string list = "plugin list --plugins '" + path("theirs") + "'";
  EXPECT_EQ(run(list).out.find("refused:"), std::string::npos) << "as long as it is ours";
  ASSERT_EQ(::chown(path("theirs").c_str(), 65534, 65534), 0);
  const std::string out = run(list).out;
  EXPECT_NE(out.find("refused: plugin '"), std::string::npos) << out;
  EXPECT_NE(out.find("the user with id 65534"), std::string::npos) << out;
}

}  // namespace
}  // namespace oddity::test
