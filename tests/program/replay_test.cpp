// `oddity replay` and `oddity demo`, as a user runs them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "run.hpp"
#include "support/reference.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() : folder_(fs::temp_directory_path() / ("oddity-files-" + std::to_string(::getpid()))) {
    fs::create_directory(folder_);
  }
  ~Files() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }
  /// The demo's day as line protocol.
  std::string demo_file() const {
    EXPECT_EQ(run("demo --write " + path("demo.lp") + " --precision s").exit_code, 0);
    return path("demo.lp");
  }
  static std::string text_of(const std::string& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  static std::vector<nlohmann::json> lines(const std::string& text) {
    std::vector<nlohmann::json> all;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }

 private:
  fs::path folder_;
};

constexpr const char* usual = " --precision s --field hotend --size 3600 --alpha 0.001";

TEST_F(Files, TheDemosDayIsJudgedAsSciPyJudgesIt) {
  const Finished done = run("replay " + demo_file() + usual);
  ASSERT_EQ(done.exit_code, 0) << done.errors;
  const auto all = lines(done.out);
  std::size_t at = 0;
  for (const Record& record : read_reference("demo.csv")) {
    if (record[0] != "hotend") continue;
    ASSERT_LT(at, all.size());
    EXPECT_LT(relative_error(all[at]["fields"]["t"], std::stod(record[2])), 1e-9);
    EXPECT_LT(relative_error(all[at]["fields"]["pvalue"], std::stod(record[3])), 1e-9);
    ++at;
  }
  EXPECT_EQ(at, all.size());
  EXPECT_EQ(all.size(), 287u);
}

TEST_F(Files, ALineHasTimeNameTagsAndFields) {
  const Finished done = run("replay " + demo_file() + usual + " --only-anomalies");
  ASSERT_TRUE(done.out.starts_with(
      R"({"time":"2016-01-01T01:05:00Z","name":"temperatures","tags":{},"fields":{"t":7.8550987)"))
      << done.out;
  const auto fields = lines(done.out).at(0)["fields"];
  EXPECT_TRUE(fields["anomalous"].get<bool>());
  EXPECT_GT(fields["score"].get<double>(), 1);
}

TEST_F(Files, StdinGzipAndOutputGiveTheSame) {
  const std::string file = demo_file();
  const std::string expected = run("replay " + file + usual).out;
  EXPECT_EQ(run(std::string("replay - ") + usual, "cat '" + file + "' | ").out, expected);
  ASSERT_EQ(std::system(("gzip -k '" + file + "'").c_str()), 0);
  EXPECT_EQ(run("replay " + file + ".gz" + usual).out, expected);
  EXPECT_EQ(run("replay " + file + usual + " --output " + path("out.jsonl")).out, "");
  std::stringstream written;
  written << std::ifstream(path("out.jsonl")).rdbuf();
  EXPECT_EQ(written.str(), expected);
}

TEST_F(Files, CsvAndLineProtocolOfTheSameRowsAgree) {
  std::string csv = "when,host,x\n";
  std::string lp;
  for (int i = 0; i < 100; ++i) {
    const std::string host = i % 2 == 0 ? "a" : "b";
    const std::string x = std::to_string(20 + i * 7 % 11);
    csv += std::to_string(1000 + i) + "," + host + "," + x + "\n";
    lp += "m,host=" + host + " x=" + x + " " + std::to_string(1000 + i) + "\n";
  }
  const std::string options = " --field x --size 50 --alpha 0.01 --period 10s --group-by host --precision s";
  const auto from_csv =
      lines(run("replay " + write("rows.csv", csv) + options + " --time-column when --tag-column host").out);
  const auto from_lp = lines(run("replay " + write("rows.lp", lp) + options).out);
  ASSERT_EQ(from_csv.size(), 16u);
  ASSERT_EQ(from_csv.size(), from_lp.size());
  for (std::size_t i = 0; i < from_lp.size(); ++i) {
    EXPECT_EQ(from_csv[i]["fields"], from_lp[i]["fields"]);
    EXPECT_EQ(from_csv[i]["tags"], from_lp[i]["tags"]);
  }
  EXPECT_EQ(from_lp[0]["tags"]["host"], "a");
}

TEST_F(Files, LinesThatCannotBeReadAreNamedAndDoNotEndTheRun) {
  std::string lp;
  for (int i = 0; i < 40; ++i) lp += "m x=" + std::to_string(i % 7) + " " + std::to_string(i) + "\n";
  lp += "this is no line\n";
  for (int i = 40; i < 60; ++i) lp += "m x=" + std::to_string(i % 7) + " " + std::to_string(i) + "\n";
  const std::string file = write("rows.lp", lp);
  const Finished done =
      run("replay " + file + " --field x --size 50 --alpha 0.01 --period 10s --precision s");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_EQ(lines(done.out).size(), 4u);
  EXPECT_NE(done.errors.find(file + ":41: expected"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("1 lines could not be read"), std::string::npos) << done.errors;
}

TEST_F(Files, MistakesAreOneSentenceEach) {
  const auto error = [](const std::string& command) {
    const Finished done = run(command);
    EXPECT_EQ(done.exit_code, 2) << command;
    return done.errors;
  };
  EXPECT_NE(
      error("replay /no/such/file --field x --size 9 --alpha 0.1")
          .find("input '/no/such/file': expected a file that can be read, got No such file or directory"),
      std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 3")
                .find("--alpha: option 'alpha': expected a number between 0 and 1, got '3'"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --period soon")
                .find("option '--period': expected a duration"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --param depth").find("expected name=value"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --output /no/such/folder/x").find("--output"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --memory much")
                .find("option '--memory': expected a size"),
            std::string::npos);
  EXPECT_NE(error("replay - --field x --size 9 --alpha 0.1 --timezone Mars/Base")
                .find("option '--timezone': expected"),
            std::string::npos);
  EXPECT_NE(error("replay " + write("rows.csv", "time,a\n1,2\n") + " --field x --size 9 --alpha 0.1")
                .find("rows.csv:1: expected a column 'x' for the field"),
            std::string::npos);
}

TEST_F(Files, AFieldThatNoRowHasIsSaid) {
  const Finished done = run("replay " + write("rows.lp", "m x=1 1\nm x=2 2\nm x=1 400\n") +
                            " --field hotnd --size 9 --alpha 0.1 --precision s");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.errors.find("no row has a number in field 'hotnd'"), std::string::npos) << done.errors;
}

// Rows in any order.

/// Options for a value a second, judged one by one.
constexpr const char* each_second = " --precision s --period 1s --field x --size 10 --alpha 0.001";

/// "m,host=a x=1 7": values of a host, from a time on.
std::string series(const std::string& host, double first, int begin, int end) {
  std::string lp;
  for (int i = begin; i < end; ++i)
    lp += "m,host=" + host + " x=" + std::to_string(first + i % 3) + " " + std::to_string(i) + "\n";
  return lp;
}

std::string reversed(const std::string& lp) {
  std::string all;
  std::stringstream stream(lp);
  for (std::string line; std::getline(stream, line);) all.insert(0, line + "\n");
  return all;
}

TEST_F(Files, SeriesAfterSeriesIsJudgedAsIfTheyCameTogether) {
  std::string together;
  for (int i = 0; i < 20; ++i) together += series("a", 1, i, i + 1) + series("b", 900, i, i + 1);
  const std::string options = std::string(each_second) + " --group-by host";
  const Finished expected = run("replay " + write("together.lp", together) + options);
  const Finished done =
      run("replay " + write("ab.lp", series("a", 1, 0, 20) + series("b", 900, 0, 20)) + options);
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_EQ(done.out, expected.out);
  EXPECT_EQ(lines(done.out).back()["tags"]["host"], "b");
  EXPECT_NE(done.errors.find("19 points came after a later one, the first at " + path("ab.lp") +
                             ":21; all were put in order"),
            std::string::npos)
      << done.errors;
  EXPECT_EQ(run("replay " + path("ab.lp") + " --memory 1" + options).out, expected.out) << "on disk, too";
}

TEST_F(Files, NewestFirstAndFilesInAnyOrderAreTheSame) {
  const std::string begin = series("a", 1, 0, 15);
  const std::string end = series("a", 1, 15, 30);
  const std::string expected = run("replay " + write("all.lp", begin + end) + each_second).out;
  EXPECT_EQ(lines(expected).size(), 27u);
  EXPECT_EQ(run("replay " + write("newest.lp", reversed(begin + end)) + each_second).out, expected);
  EXPECT_EQ(run("replay " + write("end.lp", end) + " " + write("begin.lp", begin) + each_second).out,
            expected);
}

TEST_F(Files, AClockFarAheadTakesNoOtherRowWithIt) {
  const std::string wrong = "m,host=a x=2 9000000000\n";
  const Finished done =
      run("replay " + write("far.lp", series("a", 1, 0, 10) + wrong + series("a", 1, 10, 20)) + each_second);
  const std::string right = run("replay " + write("near.lp", series("a", 1, 0, 21)) + each_second).out;
  EXPECT_EQ(lines(done.out).size(), lines(right).size());
  EXPECT_NE(done.errors.find("far.lp:11: its time, 2255-03-14T16:00:00Z, lies far from all others"),
            std::string::npos)
      << done.errors;
}

// Files are never lost.

TEST_F(Files, TheInputIsNeverWrittenOver) {
  const std::string lp = series("a", 1, 0, 30);
  const std::string input = write("z.lp", lp);
  std::filesystem::create_symlink("z.lp", path("link.lp"));
  std::filesystem::create_hard_link(input, path("hard.lp"));
  const std::string folder = std::filesystem::path(input).parent_path().string();
  for (const std::string& output :
       {input, folder + "/./z.lp",
        folder + "/../" + std::filesystem::path(folder).filename().string() + "/z.lp", path("link.lp"),
        path("hard.lp")}) {
    for (const char* option : {" --output ", " --picture "}) {
      const Finished done = run("replay " + input + each_second + option + output);
      EXPECT_EQ(done.exit_code, 2) << output;
      EXPECT_NE(done.errors.find("expected a file that is not an input as well"), std::string::npos)
          << done.errors;
      EXPECT_EQ(text_of(input), lp) << output;
    }
  }
  EXPECT_EQ(run(std::string("replay - ") + each_second + " --output " + input + " < " + input).exit_code, 2);
  EXPECT_EQ(run("replay " + input + each_second + " >> " + input).exit_code, 2);
  EXPECT_EQ(text_of(input), lp);
  const std::string yaml = write("oddity.yaml", "");
  EXPECT_EQ(run("replay " + input + each_second + " --config " + yaml + " --output " + yaml).exit_code, 2);
}

TEST_F(Files, TwoResultsDoNotShareAFile) {
  const std::string input = write("z.lp", series("a", 1, 0, 30));
  EXPECT_EQ(run("replay " + input + each_second + " --output " + path("new") + " --picture " + path("./new"))
                .exit_code,
            2);
  EXPECT_EQ(run("demo --write " + path("new") + " --picture " + path("new")).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(path("new")));
}

TEST_F(Files, AnEarlierResultSurvivesARunThatFails) {
  const std::string earlier = write("out.jsonl", "earlier");
  const std::string picture = write("out.svg", "earlier picture");
  const std::string results = each_second + (" --output " + earlier + " --picture " + picture);
  const std::string broken = write("broken.lp", series("a", 1, 0, 3000));
  ASSERT_EQ(std::system(("gzip '" + broken + "' && truncate -s 2000 '" + broken + ".gz'").c_str()), 0);
  const Finished cut = run("replay " + broken + ".gz" + results);
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_NE(cut.errors.find("a truncated gzip file"), std::string::npos) << cut.errors;
  const Finished nothing = run("replay " + write("one.lp", "m x=1 1\n") + results);
  EXPECT_EQ(nothing.exit_code, 1);
  EXPECT_NE(nothing.errors.find("earlier results stay as they were"), std::string::npos) << nothing.errors;
  EXPECT_EQ(text_of(earlier), "earlier");
  EXPECT_EQ(text_of(picture), "earlier picture");
  EXPECT_EQ(run("replay " + write("good.lp", series("a", 1, 0, 30)) + results).exit_code, 0);
  EXPECT_EQ(lines(text_of(earlier)).size(), 27u);
  EXPECT_TRUE(text_of(picture).starts_with("<svg"));
}

TEST_F(Files, WhatIsNoOrdinaryFileIsWrittenAsItIs) {
  const std::string input = write("z.lp", series("a", 1, 0, 30));
  const std::string expected = run("replay " + input + each_second).out;
  EXPECT_EQ(run("replay " + input + each_second + " --output /dev/stdout").out, expected);
  EXPECT_EQ(run("replay " + input + each_second + " --output -").out, expected);
  EXPECT_EQ(run("replay " + input + each_second + " --output /dev/null").exit_code, 0);
  run("replay " + input + each_second + " --output /dev/stdout >> " + write("log", "before\n"));
  EXPECT_EQ(text_of(path("log")), "before\n" + expected);
  EXPECT_EQ(run("replay " + input + each_second + " --output /dev/full").exit_code, 1);
}

TEST_F(Files, AnInputThatIsGivenTwiceIsSaid) {
  const std::string input = write("z.lp", series("a", 1, 0, 30));
  const Finished done = run("replay " + input + " " + path("./z.lp") + each_second);
  EXPECT_NE(done.errors.find("/./z.lp' is the same file as '" + input + "': its points count twice"),
            std::string::npos)
      << done.errors;
  EXPECT_NE(done.errors.find("60 points"), std::string::npos);
}

TEST_F(Files, RowsThatStandInTwoFilesAreSaidAndAllJudged) {
  const std::string a = write("a.lp", series("a", 1, 0, 20));
  const std::string b = write("b.lp", series("a", 1, 15, 30));
  const Finished done = run("replay " + a + " " + b + each_second);
  EXPECT_NE(done.errors.find("5 points of " + b + " have the times of points already read (first " + b +
                             ":1 as " + a + ":16); they were all judged"),
            std::string::npos)
      << done.errors;
  EXPECT_NE(done.errors.find("35 points"), std::string::npos) << done.errors;
  const std::string other = write("c.lp", series("b", 1, 0, 20));
  const Finished apart = run("replay " + a + " " + other + each_second + " --group-by host");
  EXPECT_EQ(apart.errors.find("already read"), std::string::npos) << apart.errors;
  const Finished merged = run("replay " + a + " " + other + each_second);
  EXPECT_EQ(merged.errors.find("already read"), std::string::npos) << merged.errors;
  EXPECT_NE(merged.errors.find("points that differ in tag 'host'"), std::string::npos) << merged.errors;
}

TEST_F(Files, AlignedWindowsEndAtMultiples) {
  const std::string options = " --precision s --period 10s --field x --size 50 --alpha 0.001";
  const std::string input = write("z.lp", series("a", 1, 3, 60));
  EXPECT_EQ(lines(run("replay " + input + options).out).at(0)["time"], "1970-01-01T00:00:23Z");
  EXPECT_EQ(lines(run("replay " + input + options + " --align").out).at(0)["time"], "1970-01-01T00:00:20Z");
}

// Names that nothing has, and what is merged.

TEST_F(Files, NamesThatNoRowHasAreSaid) {
  const std::string input = write("z.lp", series("a", 1, 0, 30));
  const auto errors = [&](const std::string& options, int code) {
    const Finished done = run("replay " + input + each_second + options);
    EXPECT_EQ(done.exit_code, code) << options;
    return done.errors;
  };
  EXPECT_NE(
      errors(" --group-by hots", 0).find("no row has the tag 'hots' of --group-by (did you mean 'host'?)"),
      std::string::npos);
  EXPECT_NE(errors(" --measurement mm", 1).find("no row is of the measurement 'mm'; did you mean 'm'?"),
            std::string::npos);
  EXPECT_NE(errors(" --field y", 0).find("no row has a number in field 'y'"), std::string::npos);
  const std::string csv = write("z.csv", "time,host,x\n1,a,1\n");
  const Finished column = run("replay " + csv + each_second + " --group-by hst");
  EXPECT_NE(column.errors.find("no row has the tag 'hst' of --group-by (did you mean 'host'?)"),
            std::string::npos)
      << column.errors;
  const Finished tag = run("replay " + csv + each_second + " --tag-column hst");
  EXPECT_EQ(tag.exit_code, 2);
  EXPECT_NE(tag.errors.find("z.csv:1: expected a column 'hst' for a tag"), std::string::npos) << tag.errors;
}

TEST_F(Files, ACsvColumnToGroupByNeedsNoOtherOption) {
  std::string csv = "time,host,x\n";
  for (int i = 0; i < 30; ++i) csv += std::to_string(i) + ",a,1\n" + std::to_string(i) + ",b,900\n";
  const Finished done = run("replay " + write("z.csv", csv) + each_second + " --group-by host");
  EXPECT_EQ(lines(done.out).back()["tags"]["host"], "b");
  EXPECT_EQ(lines(done.out).back()["fields"]["expected"], 900.0);
}

TEST_F(Files, SeveralSeriesInOneGroupAreSaid) {
  std::string lp;
  for (int i = 0; i < 30; ++i) {
    for (const char* name : {"mem", "swap", "disk"}) lp += name + (",host=a x=1 " + std::to_string(i)) + "\n";
  }
  const std::string input = write("z.lp", lp);
  const Finished merged = run("replay " + input + each_second + " --group-by host");
  EXPECT_NE(merged.errors.find(
                "points of 3 measurements (mem, swap, disk) in one group, group 'host=a', are judged as one"),
            std::string::npos)
      << merged.errors;
  const Finished apart = run("replay " + input + each_second + " --group-by host,_measurement");
  EXPECT_EQ(apart.errors.find("are judged as one"), std::string::npos) << apart.errors;
  EXPECT_NE(apart.errors.find("windows in 3 groups"), std::string::npos) << apart.errors;
  EXPECT_EQ(lines(apart.out).back()["name"], "disk");
  const Finished tags =
      run("replay " + write("hosts.lp", series("a", 1, 0, 9) + series("b", 1, 0, 9)) + each_second);
  EXPECT_NE(tags.errors.find("points that differ in tag 'host' ('a' and 'b') in one group"),
            std::string::npos)
      << tags.errors;
}

TEST_F(Files, SeveralSeriesOfACsvInOneGroupAreSaid) {
  std::string csv = "time,host,state,x\n";
  std::string one_after_the_other = csv;
  const auto row = [](int i, const char* host) {
    return std::to_string(i) + "," + host + ",good," + std::to_string(i % 3) + "\n";
  };
  for (int i = 0; i < 30; ++i) csv += row(i, "a") + row(i, "b");
  for (const char* host : {"a", "b"}) {
    for (int i = 0; i < 30; ++i) one_after_the_other += row(i, host);
  }
  const std::string said =
      "30 rows of the same time as another, judged as one series, differ in column 'host', which has 2 "
      "values (a, b) and "
      "was not used; --group-by host keeps them apart";
  for (const std::string& text : {csv, one_after_the_other}) {
    const std::string input = write("z.csv", text);
    const Finished merged = run("replay " + input + each_second);
    EXPECT_NE(merged.errors.find(said), std::string::npos) << merged.errors;
    EXPECT_EQ(merged.errors.find("'state'"), std::string::npos) << merged.errors;
    const Finished apart = run("replay " + input + each_second + " --group-by host");
    EXPECT_EQ(apart.errors.find("of the same time"), std::string::npos) << apart.errors;
  }
}

// What is left out is counted.

TEST_F(Files, CellsThatAreNoNumberAreCountedAndNamed) {
  std::string csv = "time,x\n0,ERR\n1,12 %\n2,\"1,004.2\"\n3,\n4,NaN\n5,NA\n6,null\n";
  for (int i = 7; i < 30; ++i) csv += std::to_string(i) + ",1\n";
  const Finished done = run("replay " + write("z.csv", csv) + each_second);
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_NE(done.errors.find("z.csv:2: expected a number in 'x', got 'ERR'"), std::string::npos)
      << done.errors;
  EXPECT_NE(done.errors.find("z.csv:3: expected a number in 'x', got '12 %'"), std::string::npos);
  EXPECT_NE(done.errors.find("z.csv:4: expected a number in 'x', got '1,004.2'"), std::string::npos);
  EXPECT_EQ(done.errors.find("z.csv:5"), std::string::npos) << "an empty cell is a missing value";
  EXPECT_NE(done.errors.find("3 values treated as missing, not being a number"), std::string::npos);
  EXPECT_NE(done.errors.find("7 points without a number in any chosen field"), std::string::npos);
}

TEST_F(Files, RowsAfterTheLastWindowAreToldAndTailJudgesThem) {
  const std::string input = write("z.lp", series("a", 1, 0, 57));
  const std::string options = " --precision s --period 10s --field x --size 50 --alpha 0.001";
  const Finished told = run("replay " + input + options);
  EXPECT_NE(told.errors.find("7 points came after the last window; --tail judges them"), std::string::npos)
      << told.errors;
  const Finished tail = run("replay " + input + options + " --tail");
  EXPECT_EQ(tail.errors.find("--tail"), std::string::npos) << tail.errors;
  EXPECT_EQ(lines(tail.out).size(), lines(told.out).size() + 1);
  EXPECT_EQ(lines(tail.out).back()["time"], "1970-01-01T00:01:00Z");
}

/// Seconds that are read as nanoseconds.
TEST_F(Files, AWrongPrecisionIsAskedAboutWhereAllRowsLieInOneWindow) {
  const std::string rows = series("a", 1, 0, 600) + series("b", 1, 0, 600);
  const std::string input = write("z.lp", rows);
  const std::string options = " --field x --size 50 --alpha 0.001";
  const Finished plain = run("replay " + input + options);
  EXPECT_NE(plain.errors.find("no window was finished: "), std::string::npos) << plain.errors;
  const Finished tail = run("replay " + input + options + " --tail");
  EXPECT_NE(tail.errors.find("all 1200 points lie in one window (is --precision ns right, and --period 5m?)"),
            std::string::npos)
      << tail.errors;
  const Finished groups = run("replay " + input + options + " --tail --group-by host");
  EXPECT_NE(groups.errors.find("all 1200 points lie in one window of their group (is --precision ns right"),
            std::string::npos)
      << groups.errors;
  const Finished right = run("replay " + input + options + " --tail --precision s");
  EXPECT_EQ(right.errors.find("lie in one window"), std::string::npos) << right.errors;
}

TEST_F(Files, RowsBetweenTwoWindowsAreTold) {
  const Finished done = run("replay " + write("z.lp", series("a", 1, 0, 101)) +
                            " --precision s --period 4s --every 10s --field x --size 50 --alpha 0.001");
  EXPECT_NE(done.errors.find("60 points between two windows, in none of them: --every 10s is longer"),
            std::string::npos)
      << done.errors;
}

TEST_F(Files, NothingJudgedIsNoSuccess) {
  const auto code = [&](const std::string& text, const std::string& says) {
    const Finished done = run("replay " + write("z.lp", text) + each_second);
    EXPECT_NE(done.errors.find(says), std::string::npos) << done.errors;
    EXPECT_EQ(done.out, "");
    return done.exit_code;
  };
  EXPECT_EQ(code("", "nothing was judged: no row was read"), 1);
  EXPECT_EQ(code("no line\n", "nothing was judged: no row was read"), 1);
  EXPECT_EQ(code("m x=1 1\n", "no window was finished"), 1);
  EXPECT_EQ(code("m x=1 1\nm x=1 2\n", "nothing was judged: too few windows"), 1);
  EXPECT_EQ(
      code("m y=1 1\nm y=1 2\nm y=1 3\nm y=1 4\n", "no row has a number in field 'x'; did you mean 'y'?"), 1);
}

// Formats as people have them.

/// Thirty seconds from a time on, each as `row` writes it, read by these options: as their times and values.
class Formats : public Files {
 protected:
  std::string ends(const std::string& file, const std::string& text, const std::string& options = "",
                   const std::string& period = "1s") {
    const Finished done =
        run("replay " + write(file, text) + " --precision s --field x --size 10 --alpha 0.001 --period " +
            period + options);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    errors = done.errors;
    std::string all;
    for (const auto& line : lines(done.out))
      all += line["time"].get<std::string>() + " " + line["fields"]["observed"].dump() + "\n";
    return all;
  }
  template <class Row>
  static std::string table(const std::string& header, const Row& row) {
    std::string text = header + "\n";
    for (int i = 0; i < 30; ++i) text += row(i) + "\n";
    return text;
  }
  /// Of 2024-01-01T00:00:00Z and the seconds after it.
  std::string expected() {
    return ends("expected.lp", table("", [](int i) {
                  return "m x=" + std::to_string(i % 3) + ".5 " + std::to_string(1'704'067'200 + i);
                }));
  }
  static std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
  std::string errors;
};

TEST_F(Formats, OfTimes) {
  const std::string same = expected();
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"2024-01-01T00:00:", "Z"},
                                                        {"2024-01-01 00:00:", ""},
                                                        {"2024-01-01 00:00:", " UTC"},
                                                        {"2024-01-01 00:00:", "+00"},
                                                        {"2024-01-01T02:00:", "+0200"},
                                                        {"2024-01-01T02:00:", "+02:00"},
                                                        {"2024/01/01 00:00:", ""},
                                                        {"01.01.2024 00:00:", ""},
                                                        {"2024-01-01 00:00:", ".000"},
                                                        {"17040672", ".0"}}) {
    const bool epoch = before == "17040672";
    EXPECT_EQ(ends("t.csv", table("time,x",
                                  [&](int i) {
                                    return before + two(i) + after + "," + std::to_string(i % 3) + ".5";
                                  })),
              same)
        << before << after << (epoch ? " epoch" : "") << errors;
  }
}

TEST_F(Formats, OfTimesWithoutSecondsAndDays) {
  std::string minutes = "time,x\n";
  std::string days = "time,x\n";
  for (int i = 0; i < 28; ++i) {
    minutes += "2024-01-01 00:" + two(i) + "," + std::to_string(i % 3) + "\n";
    days += "2024-01-" + two(i + 1) + "," + std::to_string(i % 3) + "\n";
  }
  EXPECT_TRUE(ends("m.csv", minutes, "", "1m").starts_with("2024-01-01T00:03:00Z"));
  EXPECT_TRUE(ends("d.csv", days, "", "24h").starts_with("2024-01-04T00:00:00Z"));
}

TEST_F(Formats, OfSpreadsheets) {
  const std::string same = expected();
  const auto with = [&](const std::string& header, char separator, char decimal) {
    return table(header, [&](int i) {
      return "2024-01-01 00:00:" + two(i) + separator + std::to_string(i % 3) + decimal + "5";
    });
  };
  EXPECT_EQ(ends("s.csv", with("time;x", ';', ',')), same);
  EXPECT_EQ(ends("s.csv", with("time\tx", '\t', '.')), same);
  EXPECT_EQ(ends("s.csv", with("\xef\xbb\xbfsep=;\r\ntime;x\r", ';', ',')), same);
  EXPECT_EQ(ends("s.csv", with("# of a logger\ntime,x", ',', '.')), same);
  EXPECT_EQ(ends("s.csv", with(",x", ',', '.')), same) << "pandas' index";
  EXPECT_NE(errors.find("the time is taken from the first column, which has no name"), std::string::npos);
}

TEST_F(Formats, LineProtocolMayBeginWithAByteOrderMark) {
  const std::string lp = table(
      "", [](int i) { return "m x=" + std::to_string(i % 3) + ".5 " + std::to_string(1'704'067'200 + i); });
  EXPECT_EQ(ends("bom.lp", "\xef\xbb\xbf" + lp.substr(1)), expected());
  EXPECT_NE(errors.find("; 0 lines could not be read"), std::string::npos) << errors;
}

TEST_F(Formats, OfInfluxDBsTables) {
  std::string text =
      "#group,false,false,false,false,true,true,true\r\n#datatype,string,long,dateTime:RFC3339,double,string,"
      "string,"
      "string\r\n#default,_result,,,,,,\r\n,result,table,_time,_value,_field,_measurement,host\r\n";
  for (int i = 0; i < 15; ++i)
    text += ",,0,2024-01-01T00:00:" + two(i) + "Z," + std::to_string(i % 3) + ".5,x,m,a\r\n";
  text +=
      "\r\n#group,false,false,true,true,true,false,false\r\n#datatype,string,long,string,string,string,"
      "double,"
      "dateTime:RFC3339\r\n#default,_result,,,,,,\r\n,result,table,host,_field,_measurement,_value,_time\r\n";
  for (int i = 15; i < 30; ++i)
    text += ",,1,a,x,m," + std::to_string(i % 3) + ".5,2024-01-01T00:00:" + two(i) + "Z\r\n" +
            ",,2,a,other,m,99,2024-01-01T00:00:" + two(i) + "Z\r\n";
  EXPECT_EQ(ends("influx.csv", text, " --group-by host --measurement m"), expected());
  EXPECT_NE(errors.find("15 rows of other fields"), std::string::npos) << errors;
  EXPECT_NE(errors.find("; 0 lines could not be read"), std::string::npos) << errors;
}

TEST_F(Formats, LocalTimesHaveTheHourThatComesTwice) {
  std::string csv = "time,x\n";
  for (const char* hour : {"01", "02", "02", "03"}) {
    for (int i = 0; i < 60; i += 10) csv += std::string("2023-10-29 ") + hour + ":" + two(i) + ",1\n";
  }
  const std::string all = ends("l.csv", csv, " --timezone Europe/Paris", "10m");
  EXPECT_TRUE(all.starts_with("2023-10-28T23:30:00Z")) << all;
  EXPECT_TRUE(all.ends_with("2023-10-29T02:50:00Z 1.0\n")) << all;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 21);
  EXPECT_NE(errors.find("12 times in an hour that comes twice in Europe/Paris"), std::string::npos) << errors;
}

/// As meters write it: the clock goes back by just half an hour from row to row.
TEST_F(Formats, HalfHoursOfTheHourThatComesTwiceAreFour) {
  write("half.csv",
        "time,x\n2024-10-27 01:30,1\n2024-10-27 02:00,2\n2024-10-27 02:30,1\n2024-10-27 02:00,2\n"
        "2024-10-27 02:30,1\n2024-10-27 03:00,2\n2024-10-27 03:30,1\n");
  const Finished done = run("replay " + path("half.csv") +
                            " --timezone Europe/Berlin --field x --size 9 --alpha 0.01 --period 30m");
  EXPECT_NE(done.errors.find("7 points, 6 windows"), std::string::npos) << done.errors;
}

/// The clock does not go back at all from row to row.
TEST_F(Formats, OfHoursTheOneThatComesTwiceIsTwo) {
  const std::vector<std::string> rows{"00:00,2", "01:00,1", "02:00,2", "02:00,1", "03:00,2", "04:00,1"};
  std::string oldest_first = "time,x\n", newest_first = oldest_first;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    oldest_first += "2024-10-27 " + rows[i] + "\n";
    newest_first += "2024-10-27 " + rows[rows.size() - 1 - i] + "\n";
  }
  for (const std::string& csv : {oldest_first, newest_first}) {
    const Finished done =
        run("replay " + write("hours.csv", csv) +
            " --timezone Europe/Berlin --field x --size 9 --alpha 0.01 --period 1h --every 1h --align");
    EXPECT_NE(done.errors.find("6 points, 5 windows"), std::string::npos) << done.errors;
  }
}

TEST_F(Files, NoProgressIsShownInAPipe) {
  EXPECT_EQ(run("replay " + demo_file() + usual).errors.find('\r'), std::string::npos);
}

TEST_F(Files, TheDemoFindsWhatWasPlantedAndDrawsIt) {
  const Finished done = run("demo --picture " + path("demo.svg"));
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  for (const char* time : {"T01:05:00Z", "T08:05:00Z", "T08:10:00Z", "T08:15:00Z", "T12:05:00Z", "T12:10:00Z",
                           "T12:15:00Z", "T12:20:00Z", "T12:25:00Z", "T12:30:00Z"}) {
    EXPECT_NE(done.out.find(time), std::string::npos) << time;
  }
  EXPECT_NE(done.out.find("of 861 windows are anomalous: 10 of the 10 planted"), std::string::npos)
      << done.out;
  std::stringstream picture;
  picture << std::ifstream(path("demo.svg")).rdbuf();
  EXPECT_TRUE(picture.str().starts_with("<svg"));
  EXPECT_NE(picture.str().find("08:05 to 08:15"), std::string::npos);
}

TEST_F(Files, ASeedIsTheSameDayEverywhere) {
  std::ifstream file(demo_file());
  std::string first;
  std::getline(file, first);
  EXPECT_EQ(first, "temperatures hotend=220.214726,bed=91.585773,air=71.369366 1451606400");
}

}  // namespace
}  // namespace oddity::test
