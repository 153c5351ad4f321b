// `oddity replay` and `oddity demo`, as a user runs them: files as inputs and results.
#include <fmt/format.h>

#include "files.hpp"
#include "support/reference.hpp"

namespace oddity::test {
namespace {

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
    csv += fmt::format("{},{},{}\n", 1000 + i, host, x);
    lp += fmt::format("m,host={} x={} {}\n", host, x, 1000 + i);
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

// Rows in any order.

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
  const std::string by_its_parent = folder + "/../" + std::filesystem::path(folder).filename().string();
  for (const std::string& output :
       {input, folder + "/./z.lp", by_its_parent + "/z.lp", path("link.lp"), path("hard.lp")}) {
    for (const char* option : {" --output ", " --picture "}) {
      const Finished done = run(fmt::format("replay {}{}{}{}", input, each_second, option, output));
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

TEST_F(Files, AJoinedGzipIsReadWholeOrNotAtAll) {
  const std::string begin = write("begin.lp", series("a", 1, 0, 15));
  const std::string end = write("end.lp", series("a", 1, 15, 30));
  const std::string expected = run("replay " + begin + " " + end + each_second).out;
  ASSERT_EQ(std::system(("gzip '" + begin + "' '" + end + "'").c_str()), 0);
  const std::string first = text_of(begin + ".gz");
  std::string second = text_of(end + ".gz");
  EXPECT_EQ(run("replay " + write("joined.gz", first + second) + each_second).out, expected);
  second[second.size() / 2] = static_cast<char>(second[second.size() / 2] ^ 0x55);
  for (const std::string& damaged : {second, std::string("no gzip\n")}) {
    const Finished done = run("replay " + write("joined.gz", first + damaged) + each_second);
    EXPECT_EQ(done.exit_code, 1) << done.errors;
    EXPECT_EQ(done.out, "");
    EXPECT_NE(done.errors.find("joined.gz': expected a file that can be read, got "), std::string::npos)
        << done.errors;
  }
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

TEST_F(Files, AResultThatMayNotGrowIsAnErrorThatIsTold) {
  const std::string input = write("z.lp", series("a", 1, 0, 3000));
  write("out.jsonl", "earlier");
  const Finished done =
      run("replay " + input + each_second + " --output " + path("out.jsonl"), "ulimit -f 8; ");
  EXPECT_EQ(done.exit_code, 1) << "not by a signal";
  EXPECT_NE(done.errors.find("File too large"), std::string::npos) << done.errors;
  EXPECT_EQ(text_of(path("out.jsonl")), "earlier");
}

TEST_F(Files, OfSeveralResultsAllTakeTheirPlaceOrNone) {
  const std::string input = write("z.lp", series("a", 1, 0, 300));
  for (const char* without_room : {"--report /dev/full", "--picture /dev/full"}) {
    write("out.jsonl", "earlier\n");
    write("learned", "earlier\n");
    const Finished done = run("replay " + input + each_second + " --output " + path("out.jsonl") +
                              " --save-state " + path("learned") + " " + without_room);
    EXPECT_EQ(done.exit_code, 1) << without_room;
    EXPECT_NE(done.errors.find("expected room for the results"), std::string::npos) << done.errors;
    EXPECT_EQ(text_of(path("out.jsonl")), "earlier\n") << without_room;
    EXPECT_EQ(text_of(path("learned")), "earlier\n") << without_room;
  }
}

TEST_F(Files, AlignedWindowsEndAtMultiples) {
  const std::string options = " --precision s --period 10s --field x --size 50 --alpha 0.001";
  const std::string input = write("z.lp", series("a", 1, 3, 60));
  EXPECT_EQ(lines(run("replay " + input + options).out).at(0)["time"], "1970-01-01T00:00:23Z");
  EXPECT_EQ(lines(run("replay " + input + options + " --align").out).at(0)["time"], "1970-01-01T00:00:20Z");
}

TEST_F(Files, NoProgressIsShownInAPipe) {
  EXPECT_EQ(run("replay " + demo_file() + usual).errors.find('\r'), std::string::npos);
}

TEST_F(Files, TheDemoFindsWhatWasPlantedAndDrawsIt) {
  const Finished done = run("demo --picture " + path("demo.svg"));
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  for (const char* time : {"T01:05:00Z", "T08:05:00Z", "T12:05:00Z"})
    EXPECT_NE(done.out.find(time), std::string::npos) << time;
  EXPECT_NE(done.out.find("of 861 windows are anomalous: 3 of the 3 planted faults were found; 0 others"),
            std::string::npos)
      << done.out;
  const std::string novelty = done.out.substr(done.out.find("\nnovelty on the same windows"));
  EXPECT_NE(novelty.find("2016-01-01T01:05:00Z  p = "), std::string::npos) << novelty;
  EXPECT_NE(novelty.find("  jump\n"), std::string::npos) << novelty;
  EXPECT_NE(novelty.find("3 of 864 windows alarm: 3 of the 3 planted faults were found; 0 others"),
            std::string::npos)
      << novelty;
  const Finished guide = run("demo --calibrate none");
  for (const char* time :
       {"T08:10:00Z", "T08:15:00Z", "T12:10:00Z", "T12:15:00Z", "T12:20:00Z", "T12:25:00Z", "T12:30:00Z"}) {
    EXPECT_NE(guide.out.find(time), std::string::npos) << time << ": by the guide's rule it stays anomalous";
  }
  std::stringstream picture;
  picture << std::ifstream(path("demo.svg")).rdbuf();
  EXPECT_TRUE(picture.str().starts_with("<svg"));
  EXPECT_NE(picture.str().find("08:05"), std::string::npos);
}

TEST_F(Files, TheDemosReportIsAPageOfItsThreeSeries) {
  const Finished done = run("demo --report " + path("demo.html"));
  EXPECT_NE(done.out.find("report: " + path("demo.html") + ", 3 series\n"), std::string::npos) << done.out;
  std::stringstream report;
  report << std::ifstream(path("demo.html")).rdbuf();
  for (const char* part : {R"("field":"hotend")", R"("field":"bed")", R"("field":"air")",
                           R"("alarms":1,"last_alarm":1451610300000)"})
    EXPECT_NE(report.str().find(part), std::string::npos) << part;
}

TEST_F(Files, ASeedIsTheSameDayEverywhere) {
  std::ifstream file(demo_file());
  std::string first;
  std::getline(file, first);
  EXPECT_EQ(first, "temperatures hotend=220.214726,bed=91.585773,air=71.369366 1451606400");
}

}  // namespace
}  // namespace oddity::test
