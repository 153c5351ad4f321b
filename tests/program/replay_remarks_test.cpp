// What `oddity replay` says of its input: names that nothing has, what is merged, what is left out.
#include <fmt/format.h>

#include "files.hpp"

namespace oddity::test {
namespace {

TEST_F(Files, AFieldThatNoRowHasIsSaid) {
  const Finished done = run("replay " + write("rows.lp", "m x=1 1\nm x=2 2\nm x=1 400\n") +
                            " --field hotnd --size 9 --alpha 0.1 --precision s");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.errors.find("no row has a number in field 'hotnd'"), std::string::npos) << done.errors;
}

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

/// A value a minute, from 2024 on, by seconds with `zeros` behind them.
std::string minutes_of_2024(int rows, const std::string& zeros = "") {
  std::string lp;
  for (int i = 0; i < rows; ++i)
    lp += "m x=" + std::to_string(i % 3) + " " + std::to_string(1709275260 + 60 * i) + zeros + "\n";
  return lp;
}

/// The windows are many and the run a success, so that nothing else tells.
TEST_F(Files, AWrongPrecisionIsAskedAboutWhereWindowsAreMany) {
  const std::string in_seconds = write("s.lp", minutes_of_2024(60));
  const std::string options = " --field x --size 10 --alpha 0.001 --each";
  for (const std::string precision : {"ns", "us", "ms"}) {
    const Finished wrong = run(fmt::format("replay {}{} --precision {}", in_seconds, options, precision));
    EXPECT_NE(wrong.errors.find(
                  fmt::format("s.lp: the first time is 1709275260 {0} after 1970 began: is --precision {0} "
                              "right? s would make it 2024-03-01T06:41:00Z",
                              precision)),
              std::string::npos)
        << wrong.errors;
  }
  const Finished windows = run("replay " + write("long.lp", minutes_of_2024(400)) +
                               " --field x --size 10 --alpha 0.001 --precision ms --period 1s");
  EXPECT_EQ(windows.exit_code, 0) << windows.errors;
  EXPECT_NE(windows.errors.find("is --precision ms right?"), std::string::npos) << windows.errors;
  EXPECT_EQ(run("replay " + in_seconds + options + " --precision s").errors.find("right?"),
            std::string::npos);
  const Finished too_large =
      run("replay " + write("ms.lp", minutes_of_2024(60, "000")) + options + " --precision s");
  EXPECT_EQ(too_large.exit_code, 1);
  EXPECT_NE(too_large.errors.find("(is --precision right? ms would make it 2024-03-01T06:41:00Z)"),
            std::string::npos)
      << too_large.errors;
}

TEST_F(Files, DaysAsASpreadsheetCountsThemAreAskedAbout) {
  std::string csv = "date,x\n";
  for (int i = 0; i < 60; ++i) csv += std::to_string(45352 + i) + ".5," + std::to_string(i % 3) + "\n";
  const Finished done =
      run("replay " + write("days.csv", csv) + " --field x --size 10 --alpha 0.001 --each --precision s");
  EXPECT_NE(
      done.errors.find("days.csv: the first time is 45352.5 s after 1970 began: is --precision s right? As a "
                       "spreadsheet counts days it would be 2024-03-01T12:00:00Z"),
      std::string::npos)
      << done.errors;
}

TEST_F(Files, NoPrecisionIsAskedAboutWhereTimesAreDates) {
  std::string csv = "date,x\n";
  for (int i = 10; i < 60; ++i)
    csv += "1970-02-01 10:" + std::to_string(i) + "," + std::to_string(i % 3) + "\n";
  const Finished done =
      run("replay " + write("dates.csv", csv) + " --field x --size 10 --alpha 0.001 --each");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_EQ(done.errors.find("right?"), std::string::npos) << done.errors;
}

TEST_F(Files, OfSeveralFilesTheFirstWithDoubtfulTimesIsNamed) {
  const std::string right = write("right.lp", minutes_of_2024(20, "000000000"));
  const std::string one = write("one.lp", minutes_of_2024(20));
  const std::string two = write("two.lp", minutes_of_2024(30));
  const Finished done =
      run("replay " + right + " " + one + " " + two + " --field x --size 10 --alpha 0.001 --each");
  EXPECT_NE(done.errors.find("one.lp: the first time is"), std::string::npos) << done.errors;
  EXPECT_EQ(done.errors.find("two.lp: the first"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("the times of 2 of 3 files are as doubtful"), std::string::npos) << done.errors;
}

TEST_F(Files, RowsBetweenTwoWindowsAreTold) {
  const Finished done = run("replay " + write("z.lp", series("a", 1, 0, 101)) +
                            " --precision s --period 4s --every 10s --field x --size 50 --alpha 0.001");
  EXPECT_NE(done.errors.find("60 points between two windows, in none of them: --every 10s is longer"),
            std::string::npos)
      << done.errors;
}

// What is learned and lost is counted.

/// A value a second of each of five hosts, in turn.
std::string hosts_in_turn(int seconds) {
  std::string lp;
  for (int i = 0; i < seconds; ++i) {
    for (const char* host : {"a", "b", "c", "d", "e"})
      lp +=
          std::string("m,host=") + host + " x=" + std::to_string(i % 3) + " " + std::to_string(60 * i) + "\n";
  }
  return lp;
}

TEST_F(Files, GroupsForgottenByNumberAreCountedAndAreTheReasonWhereNothingIsJudged) {
  const Finished done =
      run("replay " + write("z.lp", hosts_in_turn(30)) +
          " --precision s --each --field x --size 10 --alpha 0.001 --group-by host --maxGroups 4");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_EQ(done.out, "");
  EXPECT_NE(done.errors.find("forgotten: 146 groups by number (--maxGroups 4)"), std::string::npos)
      << done.errors;
  EXPECT_EQ(done.errors.find("by age"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("150 points, 150 windows in 5 groups"), std::string::npos) << done.errors;
  EXPECT_NE(
      done.errors.find("nothing was judged: groups were forgotten before there was enough to compare with"),
      std::string::npos)
      << done.errors;
}

TEST_F(Files, GroupsForgottenByAgeAreCountedAndAreTheReasonWhereNothingIsJudged) {
  const std::string input = write("z.lp", hosts_in_turn(30));
  const std::string options = " --precision s --field x --size 10 --alpha 0.001 --group-by host --ttl ";
  for (const std::string windows : {" --each", " --period 60s"}) {
    const Finished done = run(fmt::format("replay {}{}30s{}", input, options, windows));
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_NE(done.errors.find(" groups by age (--ttl 30s)"), std::string::npos) << done.errors;
    EXPECT_NE(done.errors.find("in 5 groups"), std::string::npos) << done.errors;
    EXPECT_NE(done.errors.find("nothing was judged: groups were forgotten before"), std::string::npos)
        << done.errors;
  }
  const Finished none = run("replay " + input + options + "1h --each");
  EXPECT_EQ(none.exit_code, 0);
  EXPECT_EQ(none.errors.find("forgotten"), std::string::npos) << none.errors;
}

TEST_F(Files, FailuresOfDetectorsAreCountedAndAreTheReasonWhereNothingIsJudged) {
  const std::string options =
      " --precision s --each --field x --size 10 --alpha 0.001 --algorithm misbehaves --param fault=throws "
      "--plugins "
      "'" ODDITY_MISBEHAVING "'";
  std::string some, all;
  for (int i = 0; i < 60; ++i) {
    some += "m x=" + std::to_string(i % 20 == 0 ? 2000 : 1) + " " + std::to_string(i) + "\n";
    all += "m x=2000 " + std::to_string(i) + "\n";
  }
  const Finished few = run("replay " + write("some.lp", some) + options);
  EXPECT_EQ(few.exit_code, 0);
  EXPECT_NE(few.errors.find("3 failures of detectors, which then began anew"), std::string::npos)
      << few.errors;
  const Finished none = run("replay " + write("all.lp", all) + options);
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_NE(none.errors.find("60 failures of detectors"), std::string::npos) << none.errors;
  EXPECT_NE(none.errors.find("nothing was judged: detectors failed"), std::string::npos) << none.errors;
}

TEST_F(Files, WhatIsShownOfAFileMovesNobodysCursor) {
  const std::string input = write("z.csv",
                                  "time,\x1b[31mx,\xc2\x9b"
                                  "31my\n1,2\n");
  EXPECT_EQ(run("replay '--al\x1b[31m'").errors.find('\x1b'), std::string::npos);
  for (const std::string options : {" --field nope", " --field x --tag-column '\x1b[2J'"}) {
    const Finished done = run(fmt::format("replay {} --precision s --size 9 --alpha 0.1{}", input, options));
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.errors.find('\x1b'), std::string::npos);
    EXPECT_EQ(done.errors.find("\xc2\x9b"), std::string::npos);
    EXPECT_NE(done.errors.find("z.csv:1: expected a column"), std::string::npos) << done.errors;
  }
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

}  // namespace
}  // namespace oddity::test
