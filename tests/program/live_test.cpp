// `oddity live` on stdin and stdout: each flag changes what is seen, and what is not judged is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live_series.hpp"

namespace oddity::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

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

TEST_F(Live, PassThroughWritesNoFieldTwice) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "m x=5,x.score=7i " + std::to_string(i) + "\n";
  const Finished done = judge(text, std::string(zscore) + "--pass-through --field x");
  EXPECT_THAT(last_line(done.out), StartsWith("m x=5,x.score=7i,oddity.x.score="));
  EXPECT_THAT(done.errors, HasSubstr("a line has a field 'x.' and a result's name of its own"));
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

TEST_F(Live, ItsHelpShowsItsOwnDefaults) {
  const std::string help = run("live --help").out;
  EXPECT_THAT(help, HasSubstr("Default: novelty."));
  EXPECT_THAT(help, HasSubstr("Default: 20000."));
  EXPECT_THAT(help, Not(HasSubstr("Default: ttest.")));
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

TEST_F(Live, LinesThatAreNamedAsResultsAreSaidAndAreNoSuccessByThemselves) {
  const Finished all = judge(series(0, 100), std::string(zscore) + "--name m");
  EXPECT_EQ(all.exit_code, 1);
  EXPECT_THAT(all.errors, HasSubstr("W! oddity: a line is named 'm', as results of ours are (--name)"));
  EXPECT_THAT(all.errors,
              HasSubstr("W! oddity: 100 lines were passed over, as they are named as results are"));
  const Finished mixed = judge(series(0, 100) + series(0, 30, "oddity_m"), zscore);
  EXPECT_EQ(mixed.exit_code, 0);
  EXPECT_THAT(mixed.errors, HasSubstr("a line is named 'oddity_m', as results of ours are"));
  EXPECT_THAT(mixed.errors, HasSubstr("30 lines were passed over"));
}

/// 25 series in turn, of each a point in a minute.
std::string in_turn() {
  std::string text;
  for (int i = 0; i < 100 * 25; ++i)
    text += "m,h=" + std::to_string(i % 25) + " x=" + std::to_string(i % 7) + " " +
            std::to_string(i / 25 * 60) + "\n";
  return text;
}

TEST_F(Live, MoreSeriesThanMaxGroupsAreSaidAndWhereNothingIsJudgedItIsNoSuccess) {
  const Finished few = judge(in_turn(), std::string(zscore) + "--maxGroups 24");
  EXPECT_EQ(few.exit_code, 1);
  EXPECT_THAT(few.errors,
              HasSubstr("W! oddity: nothing was judged so far, and 0 series were forgotten by age"));
  EXPECT_THAT(few.errors, HasSubstr("W! oddity: 2476 times a series was forgotten by number (maxGroups)"));
  EXPECT_THAT(few.errors, HasSubstr("W! oddity: 2500 points or windows were learned without being judged"));
  EXPECT_EQ(judge(in_turn(), std::string(zscore) + "--maxGroups 25").exit_code, 0);
}

TEST_F(Live, ATtlShorterThanTheDistanceOfPointsIsSaidAndIsNoSuccess) {
  const Finished brief = judge(in_turn(), std::string(zscore) + "--ttl 30s");
  EXPECT_EQ(brief.exit_code, 1);
  EXPECT_THAT(brief.errors, HasSubstr("by age (ttl 30s)"));
  EXPECT_THAT(brief.errors, testing::ContainsRegex("W! oddity: [0-9]+ times a series was forgotten by age"));
}

TEST_F(Live, ATagOfGroupByThatNoLineHasIsSaid) {
  const Finished merged = judge(in_turn(), std::string(zscore) + "--group-by hh");
  EXPECT_THAT(merged.errors, HasSubstr("W! oddity: a line of 'm' has no tag 'hh' of --group-by"));
  EXPECT_THAT(merged.errors, HasSubstr("W! oddity: 2500 lines lacked a tag of --group-by"));
  EXPECT_THAT(judge(in_turn(), std::string(zscore) + "--group-by h").errors, Not(HasSubstr("--group-by")));
}

TEST_F(Live, TheDefaultsOfAConfigurationCount) {
  const std::string defaults = "defaults:\n  algorithm: zscore\n  size: 50\n  alpha: 0.001\n";
  EXPECT_THAT(judge(series(0, 100), "--config '" + write("live.yaml", defaults) + "'").out, HasSubstr("z="));
  const std::string config = write("live.yaml", defaults + "  maxGroups: 2\n");
  EXPECT_THAT(judge(in_turn(), "--config '" + config + "'").errors,
              HasSubstr("times a series was forgotten by number (maxGroups)"));
}

}  // namespace
}  // namespace oddity::test
