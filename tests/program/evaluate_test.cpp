// `oddity evaluate`, as a user runs it, over small sets that the tests make.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "labelled_sets.hpp"

namespace oddity::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(Evaluate, CountsWhatIsFoundAndWhatIsFalse) {
  const json set = judged(plain())["sets"][0];
  EXPECT_EQ(set["series"], 2);
  EXPECT_EQ(set["rows"], 4000);
  EXPECT_EQ(set["events"], 3);
  EXPECT_EQ(set["found"], 2);
  EXPECT_EQ(set["falseAlarms"], 1);
  EXPECT_NEAR(set["recall"], 2.0 / 3, 1e-12);
  EXPECT_EQ(set["macroRecall"], 0.75);
  EXPECT_NEAR(set["f1"], 4.0 / 6, 1e-12);
  EXPECT_EQ(set["medianDelayRows"], 0);
  EXPECT_NEAR(set["weeks"], 2 * 560.0 / (7 * 24 * 60), 1e-12);
  EXPECT_FALSE(set.contains("nab"));
  EXPECT_FALSE(set.contains("ucr"));
}

TEST_F(Evaluate, ForPeopleItIsATable) {
  const Finished done = run("evaluate " + plain() + usual);
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_THAT(done.out, HasSubstr("field=value alpha=0.0001 algorithm=ttest size=500, each row\n"));
  EXPECT_THAT(done.out, HasSubstr("2/3    0.67   0.75      1    9.00       0.67  0.67"));
  EXPECT_THAT(done.out, HasSubstr("best F1"));
  EXPECT_THAT(done.out, Not(HasSubstr("NAB")));
}

TEST_F(Evaluate, OfNabsLayoutThereIsNabsScore) {
  const std::string set = nab();
  const Finished done = run("evaluate " + set + usual + " --json");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_THAT(
      done.errors,
      HasSubstr(
          "5 rows whose time goes backwards, judged at the time before; the first: made/x.csv, row 200"));
  const json result = json::parse(done.out)["sets"][0];
  EXPECT_EQ(result["found"], 1);
  EXPECT_EQ(result["falseAlarms"], 0);
  EXPECT_GT(result["nab"]["oddRows"]["standard"], 90);
  EXPECT_GE(result["nab"]["best"]["standard"], result["nab"]["oddRows"]["standard"]);
  EXPECT_THAT(run("evaluate " + set + usual).out, HasSubstr("odd rows, best thresholds"));
}

TEST_F(Evaluate, OfSeveralSetsThereIsALineForAll) {
  const json both = judged(plain() + " " + nab());
  EXPECT_EQ(both["sets"].size(), 2u);
  EXPECT_EQ(both["all"]["found"], 3);
  EXPECT_EQ(both["all"]["series"], 3);
  EXPECT_TRUE(both["all"].contains("nab"));
  EXPECT_FALSE(judged(path("plain")).contains("all"));
}

TEST_F(Evaluate, WhereEverySeriesHasATrainingPartAndOneEventUcrsRuleIsAsked) {
  write_series("ucr/series/a.csv", values(900, 1, {300, 600}));
  write("ucr/labels.csv", "series,begin,end\na,590,610\n");
  write("ucr/index.csv", "series,train\na,400\n");
  const json set = judged(path("ucr"))["sets"][0];
  EXPECT_EQ(set["ucr"]["right"], 1);
  EXPECT_EQ(set["ucr"]["series"], 1);
  EXPECT_NEAR(set["weeks"], 500.0 / (7 * 24 * 60), 1e-12) << "the training part is not scored";
}

TEST_F(Evaluate, ResultsDoNotDependOnTheNumberOfThreads) {
  const std::string sets = plain() + " " + nab();
  const std::string one = run("evaluate " + sets + usual + " --json --by-series --threads 1").out;
  EXPECT_FALSE(one.empty());
  for (const char* const threads : {"2", "7"})
    EXPECT_EQ(run("evaluate " + sets + usual + " --json --by-series --threads " + threads).out, one);
  EXPECT_EQ(run("evaluate " + sets + usual + " --json --by-series").out, one);
  EXPECT_EQ(run("evaluate " + sets + usual + " --threads 0").exit_code, 2);
}

TEST_F(Evaluate, BySeriesHasEachOfThem) {
  const std::string set = plain();
  const json all = judged(set + " --by-series")["sets"][0]["bySeries"];
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0]["name"], "a");
  EXPECT_EQ(all[0]["recall"], 1);
  EXPECT_EQ(all[1]["recall"], 0.5);
  EXPECT_THAT(run("evaluate " + set + usual + " --by-series").out,
              AllOf(HasSubstr("plain a "), HasSubstr("plain b ")));
  EXPECT_THAT(run("evaluate " + set + usual).out, Not(HasSubstr("plain a ")));
}

TEST_F(Evaluate, PeriodMakesWindowsOfManyRows) {
  const std::string set = plain();
  const json hours = judged(set + " --period 1h");
  EXPECT_THAT(hours["judgedBy"].get<std::string>(), HasSubstr("windows of 1h"));
  EXPECT_NE(hours["sets"][0]["curve"], judged(set)["sets"][0]["curve"]);
  EXPECT_EQ(run("evaluate " + set + usual + " --period 0s").exit_code, 2);
}

TEST_F(Evaluate, SkipIsHowManyRowsAreNotScored) {
  const std::string set = plain();
  EXPECT_EQ(judged(set + " --skip 1750")["sets"][0]["events"], 1);
  EXPECT_EQ(judged(set + " --skip 1750")["sets"][0]["falseAlarms"], 1);
  EXPECT_EQ(judged(set + " --skip 1801")["sets"][0]["falseAlarms"], 0);
}

TEST_F(Evaluate, ThresholdIsWhatAScoreHasToExceed) {
  const std::string set = plain();
  EXPECT_EQ(judged(set + " --threshold 1000")["sets"][0]["alarms"], 0);
  EXPECT_EQ(judged(set + " --threshold 1000")["threshold"], 1000);
  EXPECT_EQ(run("evaluate " + set + usual + " --threshold nan").exit_code, 2);
  EXPECT_GT(judged(set + " --threshold 0.2")["sets"][0]["falseAlarms"], 5);
}

TEST_F(Evaluate, RestIsHowLongItHasToBeQuietBeforeASecondEventIsFound) {
  write_series("close/series/a.csv", values(2000, 1, {1600, 1608}));
  write("close/labels.csv", "series,begin,end\na,1600,1602\na,1607,1609\n");
  const std::string set = path("close");
  EXPECT_EQ(judged(set)["sets"][0]["found"], 1);
  EXPECT_EQ(judged(set + " --rest 8")["sets"][0]["found"], 1);
  EXPECT_EQ(judged(set + " --rest 7")["sets"][0]["found"], 2);
  EXPECT_EQ(judged(set + " --rest 8m")["sets"][0]["found"], 2);
  EXPECT_EQ(judged(set + " --rest 9m")["sets"][0]["found"], 1);
}

TEST_F(Evaluate, PrecisionIsTheUnitOfWholeNumbers) {
  write_series("ms/series/a.csv", values(1500, 1, {}), "value", 1000);
  write("ms/labels.csv", "series,begin,end\n");
  EXPECT_NEAR(judged(path("ms") + " --precision ms")["sets"][0]["weeks"], 60.0 / (7 * 24 * 60), 1e-12);
  EXPECT_NEAR(judged(path("ms"))["sets"][0]["weeks"], 60000.0 / (7 * 24 * 60), 1e-9);
}

TEST_F(Evaluate, TimesThatCanHardlyBeMeantAreAskedAbout) {
  std::string text = "timestamp,value\n";
  const std::vector<double> all = values(1500, 1, {});
  for (std::size_t row = 0; row < all.size(); ++row)
    text += std::to_string(1709275260 + 60 * row) + "," + std::to_string(all[row]) + "\n";
  write("made/series/a.csv", text);
  write("made/series/b.csv", text);
  write("made/labels.csv", "series,begin,end\n");
  const Finished wrong = run("evaluate " + path("made") + usual + " --precision ns");
  EXPECT_THAT(
      wrong.errors,
      HasSubstr("2 of 2 series have times that can hardly be meant; the first: a: the first time is "
                "1709275260 ns after 1970 began: is --precision ns right? s would make it 2024-03-01"));
  EXPECT_THAT(run("evaluate " + path("made") + usual).errors, Not(HasSubstr("right?")));
}

TEST_F(Evaluate, TheEnginesFlagsAreThoseOfReplay) {
  write_series("other/series/a.csv", values(2000, 1, {1600}), "load");
  write("other/labels.csv", "series,begin,end\na,1600,1603\n");
  write("deployment.yaml", "defaults:\n  size: 500\n  alpha: 0.0001\n");
  const std::string set = path("other");
  const Finished lacking = run("evaluate " + set + usual);
  EXPECT_EQ(lacking.exit_code, 1);
  EXPECT_THAT(lacking.errors, AllOf(HasSubstr("series 'a' is left out"), HasSubstr("value"),
                                    HasSubstr("1 of 1 series left out")));
  EXPECT_EQ(judged(set + " --field load")["sets"][0]["found"], 1);
  EXPECT_EQ(judged(set + " --field load --direction below")["sets"][0]["found"], 0);
  EXPECT_EQ(
      judged(set +
             " --field load --algorithm ranksum --period 10m --plugins " ODDITY_EXAMPLE_PLUGINS)["sets"][0]
                                                                                                ["series"],
      1);
  const Finished configured =
      run("evaluate " + set + " --field load --json --config " + path("deployment.yaml"));
  EXPECT_EQ(configured.exit_code, 0) << configured.errors;
  EXPECT_EQ(json::parse(configured.out)["sets"][0]["found"], 1);
  EXPECT_EQ(run("evaluate " + set).exit_code, 2) << "size and alpha are required";
}

TEST_F(Evaluate, ScoresOfAnotherDetectorAreScoredInPlaceOfJudging) {
  const std::string set = nab();
  std::string scores = "timestamp,value,anomaly_score,label\n";
  for (int row = 0; row < 400; ++row)
    scores += "2024-03-01 00:00:00,1," +
              std::string(row == 298   ? "0.8"
                          : row == 350 ? "0.9"
                                       : "0.1") +
              ",0\n";
  write("theirs/made/theirs_x.csv", scores);
  const Finished done = run("evaluate " + set + " --scores " + path("theirs") + " --json");
  ASSERT_EQ(done.exit_code, 0) << done.errors;
  const json result = json::parse(done.out);
  EXPECT_EQ(result["judgedBy"], "scores of " + path("theirs"));
  EXPECT_LT(result["threshold"], 0.8) << "the one with the best F1, of 1, 0.9, 0.8 and 0.1";
  EXPECT_EQ(result["sets"][0]["found"], 1);
  EXPECT_EQ(result["sets"][0]["falseAlarms"], 1);
  EXPECT_EQ(json::parse(run("evaluate " + set + " --scores " + path("theirs") + " --threshold 0.85 --json")
                            .out)["sets"][0]["found"],
            0);
}

/// What is best for the first alone spares it a false alarm, and would cost the second its event.
TEST_F(Evaluate, ScoresOverSeveralFoldersHaveTheThresholdThatIsBestForAll) {
  for (const auto& [name, event, other] : {std::tuple{"one", "0.8", "0.5"}, {"two", "0.3", "0.1"}}) {
    const std::string set = name;
    std::string scores = "timestamp,anomaly_score\n";
    for (int row = 0; row < 2000; ++row)
      scores += fmt::format("{},{}\n", 60 * row, row == 1600 ? event : row == 1900 ? other : "0.1");
    write("theirs/" + set + ".csv", scores);
    write_series(set + "/series/" + set + ".csv", values(2000, 1, {}));
    write(set + "/labels.csv", "series,begin,end\n" + set + ",1600,1603\n");
  }
  const auto threshold = [&](const std::string& sets) {
    const Finished done = run("evaluate " + sets + " --scores " + path("theirs") + " --json");
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    return json::parse(done.out).at("threshold").get<double>();
  };
  EXPECT_GE(threshold(path("one")), 0.5);
  EXPECT_LT(threshold(path("one") + " " + path("two")), 0.3);
  EXPECT_LT(threshold(path("two") + " " + path("one")), 0.3);
}

TEST_F(Evaluate, ScoresLeaveNothingToADetectorsOptions) {
  const std::string set = nab();
  for (const char* const also : {" --size 5", " --param size=5", " --period 1h", " --config x.yaml"}) {
    const Finished done = run("evaluate " + set + " --scores " + path("theirs") + also);
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_THAT(done.errors, HasSubstr("option '--scores': expected no options of a detector beside it"));
  }
  const Finished none = run("evaluate " + set + " --scores " + path("nowhere"));
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(
      none.errors,
      HasSubstr(
          "series 'made/x.csv' is left out: option '--scores': expected scores of made/x.csv, got no file"));
}

TEST_F(Evaluate, CurveIsDrawnAndItsNumbersAreInJson) {
  const std::string set = plain();
  const Finished done = run("evaluate " + set + usual + " --json --curve " + path("curve.svg"));
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_THAT(done.errors, HasSubstr("curve: " + path("curve.svg")));
  const std::string svg = text_of(path("curve.svg"));
  EXPECT_THAT(svg, AllOf(HasSubstr("false alarms a week"), HasSubstr("plain; at 1: 0.67 at 9")));
  const json curve = json::parse(done.out)["sets"][0]["curve"];
  ASSERT_GT(curve.size(), 10u);
  EXPECT_GT(curve[0]["threshold"], curve[1]["threshold"]);
  for (const char* const name : {"recall", "macroRecall", "falseAlarmsAWeek", "precision", "f1"})
    EXPECT_TRUE(curve[0].contains(name)) << name;
}

TEST_F(Evaluate, PictureIsAFileOrAFolder) {
  const std::string sets = plain() + " " + nab();
  const Finished one = run("evaluate " + sets + usual + " --picture " + path("series.svg"));
  EXPECT_THAT(one.errors, HasSubstr("picture: " + path("series.svg") + ", 3 series"));
  EXPECT_THAT(text_of(path("series.svg")),
              AllOf(HasSubstr("made/x.csv"), HasSubstr("class=\"told\""), HasSubstr("class=\"band\"")));
  const Finished each = run("evaluate " + path("plain") + usual + " --picture " + path("pictures"));
  EXPECT_THAT(each.errors, HasSubstr("pictures: 2 in " + path("pictures")));
  EXPECT_TRUE(fs::exists(path("pictures/a.svg")));
  EXPECT_TRUE(fs::exists(path("pictures/b.svg")));
  EXPECT_EQ(run("evaluate " + path("plain") + usual + " --picture " + path("plain/labels.csv")).exit_code, 2)
      << "no folder";
}

TEST_F(Evaluate, WorstIsHowManySeriesAreDrawnThoseWithTheMostMistakes) {
  const std::string sets = plain() + " " + nab();
  write("plain/labels.csv",
        "series,begin,end\na,1600,1603\nb,1699,1702\nb,1900,1910\nb,1950,1955\n");  // two of b are missed
  const std::string picture = path("worst.svg");
  const Finished two = run("evaluate " + sets + usual + " --worst 2 --picture " + picture);
  EXPECT_THAT(two.errors, HasSubstr("picture: " + picture + ", 2 series\n"));
  const std::string svg = text_of(picture);
  EXPECT_THAT(svg, testing::Not(HasSubstr("made/x.csv"))) << "nothing is wrong with it";
  EXPECT_LT(svg.find(">b<"), svg.find(">a<")) << "two missed events are worse than a false alarm";
  const Finished one = run("evaluate " + sets + usual + " --worst 1 --picture " + path("worst"));
  EXPECT_THAT(one.errors, HasSubstr("pictures: 1 in " + path("worst")));
  EXPECT_THAT(fs::directory_iterator(path("worst"))->path().string(), testing::EndsWith("plain_b.svg"));
  EXPECT_THAT(run("evaluate " + sets + usual + " --worst 1").errors,
              HasSubstr("option '--worst': expected --picture beside it"));
}

/// What docs/evaluate.md says of the set that it makes.
TEST_F(Evaluate, OfTheGuidesOutagesTheTestFindsOneAndNoveltyBoth) {
  write("mine/labels.csv", "series,begin,end\nweb,2000,2010\nweb,3500,3520\n");
  std::string csv = "timestamp,value\n";
  for (int i = 0; i < 4000; ++i) {
    const bool outage = (i >= 2000 && i < 2010) || (i >= 3500 && i < 3520);
    csv += fmt::format("{},{:.6g}\n", 1709280000 + 60 * i,
                       outage ? 0 : 50 + 5 * std::sin(i / 230.0) + (i * 7919 % 101) / 25.0);
  }
  write("mine/series/web.csv", csv);
  const std::string table = run("evaluate " + path("mine") + " --size 2000 --alpha 0.001").out;
  const std::size_t best = table.find("best F1");
  EXPECT_THAT(table.substr(0, best), HasSubstr(" 1/2 "));
  EXPECT_THAT(table.substr(best), HasSubstr(" 2/2 "));
  const json novelty = json::parse(run("evaluate " + path("mine") + " --algorithm novelty --json").out);
  EXPECT_EQ(novelty["sets"][0]["found"], 2);
}

}  // namespace
}  // namespace oddity::test
