#include "judge/judge.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace oddity::live {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// A judge with zscore over a short history, to which one line after another is given.
class JudgeTest : public testing::Test {
 protected:
  void begin(JudgeSettings settings = {}, const std::vector<std::pair<std::string, std::string>>& more = {}) {
    options::Settings given;
    const auto add = [&](const char* name, const std::string& text) {
      given.given.push_back({name, options::Text{text}, ""});
    };
    add("field", JudgeSettings::column);
    add("algorithm", "zscore");
    add("alpha", "0.001");
    add("size", "50");
    add("calibrate", "none");
    for (const auto& [name, text] : more) add(name.c_str(), text);
    setup_.emplace(std::nullopt, std::vector<std::filesystem::path>{ODDITY_PLUGIN_FOLDER},
                   setup::Own{{}, {}});
    ready_ = setup_->prepare(given, log_, nullptr, setup::Windows::are_made_of_points);
    judge_ = std::make_unique<Judge>(std::move(settings), ready_, log_, &in_hand_);
  }
  std::string take(const std::string& lines, BatchHead head = {}) {
    std::string out;
    answered_ = judge_->take(head, lines, out, watched_);
    return out;
  }
  /// Values 0, 1, 0, 1, ... at times 0, 1, 2, ... ns.
  std::string learn(const std::string& series, int points, const std::string& field = "x") {
    std::string out;
    for (int i = 0; i < points; ++i) out += take(fmt::format("{} {}={} {}\n", series, field, i % 2, i));
    return out;
  }

  std::vector<std::string> logged_;
  Log log_{[this](std::string_view line) { logged_.emplace_back(line); }};
  std::optional<setup::Setup> setup_;
  setup::Ready ready_;
  InHand in_hand_;
  std::unique_ptr<Judge> judge_;
  AnswerHead answered_;
  std::string watched_;
};

TEST_F(JudgeTest, EachJudgedPointIsAResultLine) {
  begin();
  learn("cpu,host=a", 60);
  const std::string out = take("cpu,host=a x=100 60\n");
  EXPECT_THAT(out, StartsWith("oddity_cpu,field=x,host=a "));
  EXPECT_THAT(out, HasSubstr(",anomalous=true,"));
  EXPECT_THAT(out, EndsWith(" 60\n"));
}

TEST_F(JudgeTest, EveryNumberOfALineIsASeries) {
  begin();
  learn("cpu", 60, "x");
  learn("cpu", 60, "y");
  const std::string out = take("cpu x=100,y=1i,s=\"text\",b=true 60\n");
  EXPECT_THAT(out, HasSubstr("field=x "));
  EXPECT_THAT(out, HasSubstr("field=y "));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_EQ(judge_->totals().groups, 2u);
}

TEST_F(JudgeTest, OnlyChosenFieldsAreJudged) {
  JudgeSettings settings;
  settings.fields = {"y"};
  begin(settings);
  learn("cpu", 60, "x");
  learn("cpu", 60, "y");
  EXPECT_THAT(take("cpu x=100 60\n"), IsEmpty());
  EXPECT_THAT(take("cpu y=100 60\n"), HasSubstr("field=y "));
  EXPECT_EQ(judge_->totals().not_chosen, 61u);
}

TEST_F(JudgeTest, SeriesOfOtherTagsHaveOtherHistories) {
  begin();
  learn("cpu,host=a", 60);
  EXPECT_THAT(take("cpu,host=b x=100 60\n"), IsEmpty()) << "its first point";
}

TEST_F(JudgeTest, GroupByLeavesTagsOut) {
  JudgeSettings settings;
  settings.group_by = {"rack"};
  begin(settings);
  learn("cpu,host=a,rack=1", 60);
  EXPECT_THAT(take("cpu,host=b,rack=1 x=100 60\n"), StartsWith("oddity_cpu,field=x,rack=1 "));
}

TEST_F(JudgeTest, ATagOfGroupByThatIsNotThereIsSaidOnceAndCounted) {
  JudgeSettings settings;
  settings.group_by = {"hots"};
  begin(settings);
  take("cpu,host=a,rack=1 x=1 1451606400000000000\ncpu,host=b,rack=1 x=1 1451606401000000000\n");
  EXPECT_EQ(judge_->totals().untagged, 2u);
  ASSERT_EQ(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("a line of 'cpu' has no tag 'hots' of --group-by"));
  EXPECT_THAT(logged_[0], HasSubstr("did you mean 'host'?"));
}

TEST_F(JudgeTest, WhereNoTagIsLikeItThoseThatAreThereAreNamed) {
  JudgeSettings settings;
  settings.group_by = {"rack", "zone"};
  begin(settings);
  take("cpu,host=a,rack=1 x=1 1451606400000000000\n");
  ASSERT_EQ(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("no tag 'zone' of --group-by"));
  EXPECT_THAT(logged_[0], HasSubstr("it has host, rack"));
  take("cpu,rack=1,zone=2 x=1 1451606401000000000\n");
  EXPECT_EQ(judge_->totals().untagged, 1u);
}

TEST_F(JudgeTest, AFieldThatIsMisspeltIsSaidOnce) {
  JudgeSettings settings;
  settings.fields = {"usge"};
  begin(settings);
  take("mem free=1 1451606400000000000\n");
  EXPECT_TRUE(logged_.empty()) << "lines of another kind are usual";
  take("cpu usage=1 1451606400000000000\ncpu usage=1 1451606401000000000\n");
  ASSERT_EQ(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("has no field 'usge' of --field: did you mean 'usage'?"));
}

TEST_F(JudgeTest, OnlyAlarmsLeavesOutTheRest) {
  JudgeSettings settings;
  settings.only_alarms = true;
  begin(settings);
  EXPECT_THAT(learn("cpu", 60), IsEmpty());
  EXPECT_THAT(take("cpu x=100 60\n"), HasSubstr("alarm=true"));
}

TEST_F(JudgeTest, TheNameAndTheResultsCanBeChosen) {
  JudgeSettings settings;
  settings.names.one = "odd";
  settings.results = {"anomalous"};
  begin(settings);
  learn("cpu", 60);
  EXPECT_EQ(take("cpu x=100 60\n"), "odd,field=x anomalous=true 60\n");
}

TEST_F(JudgeTest, PassThroughHandsOnEachLineWithItsResults) {
  JudgeSettings settings;
  settings.pass_through = true;
  begin(settings);
  EXPECT_EQ(take("cpu x=0 0\n"), "cpu x=0 0\n") << "nothing to be said yet";
  learn("cpu", 60);
  EXPECT_THAT(take("cpu,t=a\\ b x=100 60\n"), StartsWith("cpu,t=a\\ b x=100 60"));
  const std::string out = take("cpu x=100,s=\"a b\"   61\n");
  EXPECT_THAT(out, StartsWith("cpu x=100,s=\"a b\",x.score="));
  EXPECT_THAT(out, EndsWith(",x.anomalous=true,x.alarm=true   61\n"));
}

TEST_F(JudgeTest, PassThroughHandsOnWhatIsNoBusinessOfOursByteForByte) {
  JudgeSettings settings;
  settings.pass_through = true;
  begin(settings);
  const std::string lines =
      "# a comment\n\n  \nno line protocol\nm s=\"text\",b=t 1\nm x=1\r\nm x=NaN 1\nm s=\"a\nb\" "
      "1\noddity_cpu x=1 1\n\xff\xfe\nlast";
  EXPECT_EQ(take(lines), lines);
  EXPECT_EQ(judge_->totals().own_results, 1u);
  EXPECT_EQ(answered_.unreadable, 4u);
}

TEST_F(JudgeTest, ALineThatCannotBeReadIsCountedAndTheFirstIsNamed) {
  begin();
  take("m x 1\nm y 2\n");
  EXPECT_EQ(answered_.unreadable, 2u);
  ASSERT_EQ(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("expected a field as key=value"));
  EXPECT_THAT(logged_[0], HasSubstr("'m x 1'"));
}

TEST_F(JudgeTest, TimesOf1970AreSaidOnce) {
  begin();
  take("cpu x=1 1451606400\ncpu x=1 1451606401\n");
  ASSERT_EQ(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("is --precision ns right?"));
  begin();
  take("cpu x=1 1451606400\n", {0, 1'000'000'000, Source::standard_input, false});
  EXPECT_EQ(logged_.size(), 1u);
}

TEST_F(JudgeTest, ATimeFarAheadIsNotTheNewest) {
  constexpr std::int64_t now = 1'451'606'400'000'000'000;
  begin();
  take("cpu x=1 4102444800000000000\ncpu x=1 4102444801000000000\n", {now, 1, Source::http, false});
  EXPECT_EQ(judge_->totals().latest, WorkerTotals{}.latest);
  EXPECT_EQ(judge_->totals().ahead, 2u);
  EXPECT_EQ(judge_->totals().points, 2u) << "it is judged nevertheless";
  ASSERT_GE(logged_.size(), 1u);
  EXPECT_THAT(logged_[0], HasSubstr("a line of 'cpu' is 30681 days ahead of this machine's clock"));
  take("cpu x=1 1451606400000000001\n", {now, 1, Source::http, false});
  EXPECT_EQ(judge_->totals().latest, now + 1) << "and a clock that is a little ahead is none of that";
}

TEST_F(JudgeTest, TimesOfBothEndsAreTimes) {
  begin();
  take("cpu x=1 -9223372036854775808\ncpu x=1 9223372036854775807\n");
  EXPECT_EQ(answered_.lines, 2u);
  EXPECT_TRUE(logged_.empty());
}

TEST_F(JudgeTest, ResultsOfOursAreNotJudgedAgain) {
  begin();
  EXPECT_THAT(learn("oddity_cpu", 60), IsEmpty());
  EXPECT_EQ(judge_->totals().own_results, 60u);
  EXPECT_EQ(judge_->totals().points, 0u);
  ASSERT_EQ(logged_.size(), 1u) << "the first is named, others are counted";
  EXPECT_THAT(logged_[0], HasSubstr("a line is named 'oddity_cpu'"));
}

TEST_F(JudgeTest, WhatIsTooYoungToBeJudgedIsCounted) {
  begin();
  learn("cpu", 60);
  EXPECT_EQ(judge_->totals().learned + judge_->totals().windows, 60u);
  EXPECT_GT(judge_->totals().learned, 0u);
}

TEST_F(JudgeTest, SeriesThatAreForgottenBeforeTheyAreJudgedAreSaidOnce) {
  for (const auto& [option, text] : {std::pair{"ttl", "1ns"}, std::pair{"maxGroups", "2"}}) {
    logged_.clear();
    begin({}, {{option, text}});
    for (int i = 0; i < 600; ++i) take(fmt::format("cpu,host={} x={} {}\n", i % 3, i % 2, 10 * i));
    EXPECT_EQ(judge_->totals().windows, 0u);
    ASSERT_FALSE(logged_.empty());
    EXPECT_THAT(logged_.back(), HasSubstr("nothing was judged so far, and"));
    EXPECT_THAT(logged_.back(), HasSubstr(fmt::format("({} {})", option, text)));
    EXPECT_EQ(std::count_if(logged_.begin(), logged_.end(),
                            [](const std::string& line) { return line.starts_with("nothing was judged"); }),
              1);
  }
}

TEST_F(JudgeTest, SeriesOfAStateThatAreOldGoWithoutAWord) {
  begin({}, {{"ttl", "1h"}});
  for (int i = 0; i < 50; ++i) take(fmt::format("cpu,host={} x=1 {}\n", i, i));
  const std::string state = ready_.engine->save().bytes;
  logged_.clear();
  begin({}, {{"ttl", "1h"}});
  ready_.engine->restore(state::open(state));
  take("cpu x=1 1451606400000000000\ncpu x=1 1451606401000000000\n");
  EXPECT_EQ(judge_->totals().expired, 50u);
  EXPECT_TRUE(logged_.empty()) << logged_.front();
}

TEST_F(JudgeTest, ALineWithoutATimeCameWhenItCame) {
  begin();
  learn("cpu", 60);
  EXPECT_THAT(take("cpu x=100\n", {77, 1, Source::http, false}), EndsWith(" 77\n"));
}

TEST_F(JudgeTest, TimesAreInTheUnitOfTheInput) {
  JudgeSettings settings;
  settings.standard_input_unit = 1'000'000'000;
  begin(settings);
  learn("cpu", 60);
  EXPECT_THAT(take("cpu x=100 60\n", {0, 1'000'000'000, Source::standard_input, false}), EndsWith(" 60\n"));
  EXPECT_THAT(take("cpu x=100 61\n", {0, 1'000'000'000, Source::http, false}), EndsWith(" 61000000000\n"))
      << "what comes over HTTP is answered in ns";
}

TEST_F(JudgeTest, ALineOfTheFieldTagIsNotLost) {
  begin();
  learn("cpu,field=north", 60);
  EXPECT_THAT(take("cpu,field=north x=100 60\n"), StartsWith("oddity_cpu,field=north,oddity_field=x "));
}

TEST_F(JudgeTest, WindowsAreMadeByTheTimeOfTheData) {
  begin({}, {{"window", "10ns"}});
  learn("cpu", 60);
  const std::string out = take("cpu x=100 60\ncpu x=100 70\n");
  EXPECT_THAT(out, HasSubstr(",anomalous=false,")) << "that of 50 to 60";
  EXPECT_THAT(out, HasSubstr(",anomalous=true,")) << "that of 60 to 70";
  EXPECT_THAT(out, HasSubstr("observed=100,"));
  EXPECT_EQ(judge_->totals().held, 1u);
}

TEST_F(JudgeTest, PointsWaitForThoseThatComeLate) {
  JudgeSettings settings;
  settings.lateness = 5;
  begin(settings);
  learn("cpu", 60);
  take("cpu x=0 62\ncpu x=1 61\ncpu x=0 70\n");
  EXPECT_EQ(judge_->totals().late, 0u);
  EXPECT_EQ(judge_->totals().held, 1u);
}

TEST_F(JudgeTest, WhatIsLearnedAgainIsNeitherAnsweredNorCounted) {
  begin();
  learn("cpu", 60);
  const std::uint64_t points = judge_->totals().points;
  watched_.clear();
  const std::string again =
      "cpu x=1 60\ncpu x=1 60\ncpu x=1 59\noddity_cpu x=1 60\ncpu s=\"a\" 60\nnothing\n";
  EXPECT_THAT(take(again, {0, 1, Source::standard_input, true}), IsEmpty());
  EXPECT_EQ(judge_->totals().repeated + judge_->totals().late, 0u);
  EXPECT_EQ(judge_->totals().own_results + judge_->totals().not_chosen, 0u);
  EXPECT_THAT(watched_, IsEmpty());
  EXPECT_EQ(judge_->totals().points, points);
}

TEST_F(JudgeTest, AGroupThatIsSkippedIsNotJudged) {
  begin();
  learn("cpu,host=a", 60);
  learn("cpu,host=b", 60);
  judge_->skip(hash_of("cpu\nhost=a\nx"));
  EXPECT_THAT(take("cpu,host=a x=100 60\n"), IsEmpty());
  EXPECT_THAT(take("cpu,host=b x=100 60\n"), Not(IsEmpty()));
  EXPECT_EQ(judge_->totals().skipped, 1u);
}

TEST_F(JudgeTest, AGroupIsSkippedFromALineOn) {
  begin();
  learn("cpu", 60);
  judge_->skip(hash_of("cpu\nx"), {7, 3});
  judge_->begin_batch(6);
  EXPECT_THAT(take("cpu x=1 60\n\n\n\ncpu x=0 61\n"), Not(IsEmpty())) << "an earlier batch";
  judge_->begin_batch(7);
  EXPECT_THAT(take("cpu x=1 62\ncpu x=0 63\n"), EndsWith(" 63\n"));
  EXPECT_THAT(take("cpu x=1 64\n"), IsEmpty()) << "the third line, in a piece of its own";
  judge_->begin_batch(8);
  EXPECT_THAT(take("cpu x=1 65\n"), IsEmpty());
  EXPECT_EQ(judge_->totals().skipped, 2u);
  EXPECT_EQ(in_hand_.place(), (LinePlace{7, 2})) << "the last that a detector was at work over";
}

TEST_F(JudgeTest, OpenWindowsAndWaitingPointsAreTheSameAfterARestart) {
  JudgeSettings settings;
  settings.lateness = 3;
  begin(settings, {{"window", "10ns"}});
  learn("cpu", 65);
  const std::string windows = judge_->save();
  const std::string state = ready_.engine->save().bytes;
  const std::string rest = "cpu x=1 66\ncpu x=100 73\ncpu x=0 90\n";
  const std::string undisturbed = take(rest);
  begin(settings, {{"window", "10ns"}});
  ready_.engine->restore(state::open(state));
  judge_->restore(windows);
  EXPECT_EQ(judge_->save(), windows);
  EXPECT_EQ(take(rest), undisturbed);
  EXPECT_THAT(undisturbed, Not(IsEmpty()));
}

TEST_F(JudgeTest, ADamagedStateOfWindowsIsRefused) {
  begin();
  EXPECT_THROW(judge_->restore("damaged"), StateError);
}

TEST_F(JudgeTest, WhereItIsWatchedEachPointIsTold) {
  JudgeSettings settings;
  settings.watched = true;
  begin(settings);
  learn("cpu", 60);
  EXPECT_THAT(watched_, HasSubstr("cpu"));
  EXPECT_THAT(watched_, HasSubstr("pvalue")) << "a name of what is said";
}

}  // namespace
}  // namespace oddity::live
