// What `oddity evaluate` refuses, leaves out and says: nothing is written over, and nothing lost without a word.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "labelled_sets.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(Evaluate, NoPictureTakesThePlaceOfASeries) {
  const std::string set = plain();
  fs::copy_file(path("plain/series/a.csv"), path("plain/a.svg"));
  fs::remove(path("plain/series/a.csv"));
  fs::create_symlink(path("plain/a.svg"), path("plain/series/a.csv"));
  const std::string before = text_of(path("plain/a.svg"));
  EXPECT_EQ(run("evaluate " + set + usual + " --curve " + path("plain/a.svg")).exit_code, 2);
  EXPECT_EQ(run("evaluate " + set + usual + " --picture " + path("plain/a.svg")).exit_code, 2);
  EXPECT_EQ(text_of(path("plain/a.svg")), before);
}

TEST_F(Evaluate, NoPictureTakesThePlaceOfLabelsOrScores) {
  const std::string set = plain();
  const std::string nabs = nab();
  write("plain/index.csv", "series,train\na,100\n");
  write("scores/a.csv", "timestamp,anomaly_score\n0,0\n");
  fs::create_symlink(path("plain/labels.csv"), path("labels.svg"));
  for (const auto& [folders, place] : std::vector<std::pair<std::string, std::string>>{
           {set, "--curve " + path("plain/labels.csv")},
           {set, "--curve " + path("plain/index.csv")},
           {set, "--picture " + path("labels.svg")},
           {nabs, "--curve " + path("nab/windows.json")},
           {set + " --scores " + path("scores"), "--curve " + path("scores/a.csv")}}) {
    const std::string options = folders.find("--scores") == std::string::npos ? usual : "";
    const Finished done = run(fmt::format("evaluate {}{} {}", folders, options, place));
    EXPECT_EQ(done.exit_code, 2) << place;
    EXPECT_THAT(done.errors, HasSubstr("expected a file that is not an input as well")) << place;
  }
  EXPECT_THAT(text_of(path("plain/labels.csv")), Not(HasSubstr("<svg")));
}

TEST_F(Evaluate, WhatCannotBePrintedIsNoSuccess) {
  const Finished done = run("evaluate " + plain() + usual + " > /dev/full");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, HasSubstr("stdout: expected room for what is printed"));
}

TEST_F(Evaluate, AFolderOfAnotherLayoutIsAnErrorThatSaysWhatIsExpected) {
  fs::create_directory(path("empty"));
  const Finished done = run("evaluate " + path("empty") + usual);
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.errors,
              HasSubstr("data '" + path("empty") +
                        "': expected series/ and labels.csv, or as of NAB data/ and windows.json"));
}

TEST_F(Evaluate, WhereNoRowCanBeReadItIsNoSuccess) {
  std::string text = "timestamp,value\n";
  for (int row = 0; row < 2000; ++row) text += std::to_string(1709275260 + 60 * row) + "000,1\n";
  write("made/series/a.csv", text);
  write("made/labels.csv", "series,begin,end\na,1600,1603\n");
  const Finished done = run("evaluate " + path("made") + usual + " --json");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, AllOf(HasSubstr("series 'a' is left out: none of its lines could be read"),
                                 HasSubstr("? ms would make it 2024-03-01T06:41:00Z"),
                                 HasSubstr("1 of 1 series left out"), HasSubstr("nothing was judged")));
  EXPECT_EQ(json::parse(done.out)["sets"][0]["events"], 0) << "nothing is missed where nothing was judged";
}

TEST_F(Evaluate, ASeriesWithoutARowIsLeftOutAndNamed) {
  const std::string set = plain();
  write("plain/series/empty.csv", "");
  write("plain/series/header.csv", "timestamp,value\n");
  const Finished done = run("evaluate " + set + usual + " --json");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, AllOf(HasSubstr("series 'empty' is left out: it has no row"),
                                 HasSubstr("series 'header' is left out: it has no row"),
                                 HasSubstr("2 of 4 series left out")));
  EXPECT_EQ(json::parse(done.out)["sets"][0]["series"], 2);
}

TEST_F(Evaluate, TheSameFolderTwiceIsSaid) {
  const std::string set = plain();
  EXPECT_THAT(run("evaluate " + set + " " + set + "/." + usual).errors,
              HasSubstr("is the same folder as '" + set + "': its series count twice"));
}

TEST_F(Evaluate, WhereNothingIsJudgedItIsNoSuccess) {
  std::string text = "timestamp,value\n";
  for (int row = 0; row < 2000; ++row) text += std::to_string(60 * row) + ",no number\n";
  write("made/series/a.csv", text);
  write("made/labels.csv", "series,begin,end\na,1600,1603\n");
  const Finished done = run("evaluate " + path("made") + usual);
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_THAT(done.errors, AllOf(HasSubstr("2000 values treated as missing"),
                                 HasSubstr("nothing was judged: no window of any series has a score")));
  const Finished forgotten = run("evaluate " + plain() + usual + " --ttl 30s");
  EXPECT_EQ(forgotten.exit_code, 1);
  EXPECT_THAT(
      forgotten.errors,
      AllOf(HasSubstr("times a series was forgotten by age (ttl) and began anew; the first: series 'a'"),
            HasSubstr("nothing was judged")));
}

TEST_F(Evaluate, WhatIsWrongWithLabelsAndRowsIsCountedAndNamedAndTheRestEvaluated) {
  plain();
  write("plain/labels.csv", "series,begin,end\na,1600,1603\nnobody,1,2\nb,1999,2002\nb,x,y\n");
  write("plain/series/c.csv.gz", "\x1f\x8b no gzip");
  const Finished done = run("evaluate " + path("plain") + usual + " --json");
  EXPECT_EQ(done.exit_code, 1) << "a series is lacking";
  EXPECT_THAT(done.errors,
              AllOf(HasSubstr("labels.csv:3: expected a series of"),
                    HasSubstr("labels.csv:4: expected rows below 2001 of b"),
                    HasSubstr("labels.csv:5: expected row numbers"), HasSubstr("3 labels left out"),
                    HasSubstr("series 'c' is left out"), HasSubstr("1 of 3 series left out")));
  EXPECT_EQ(json::parse(done.out)["sets"][0]["events"], 1);
  EXPECT_EQ(json::parse(done.out)["sets"][0]["series"], 2);
}

}  // namespace
}  // namespace oddity::test
