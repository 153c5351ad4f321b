#include "judge/result_line.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "line_protocol/line_protocol.hpp"

namespace oddity::live {
namespace {

const std::vector<ResultField> fields{{"score", 0.5}, {"alarm", true}, {"effect", -1e-20}};

TEST(ResultLine, HasNameTagsResultsAndTime) {
  std::string out;
  append_result_line(out, "oddity_cpu", {{"field", "usage"}, {"host", "a"}}, fields, {}, 7);
  EXPECT_EQ(out, "oddity_cpu,field=usage,host=a score=0.5,alarm=true,effect=-1e-20 7\n");
}

TEST(ResultLine, HasOnlyTheChosenResults) {
  std::string out;
  append_result_line(out, "m", {}, fields, {"alarm"}, -7);
  EXPECT_EQ(out, "m alarm=true -7\n");
}

TEST(ResultLine, ATextStandsInQuotesAndAnEmptyOneNowhere) {
  std::string out;
  append_result_line(out, "m", {}, std::vector<ResultField>{{"why", std::string_view("a \"b\"")}}, {}, 7);
  append_result_line(out, "m", {}, std::vector<ResultField>{{"why", std::string_view()}, {"score", 1.0}}, {},
                     8);
  EXPECT_EQ(out, "m why=\"a \\\"b\\\"\" 7\nm score=1 8\n");
}

TEST(ResultLine, IsNotThereWithoutAResult) {
  std::string out = "before\n";
  append_result_line(out, "m", {}, fields, {"other"}, 7);
  append_result_line(out, "m", {}, {}, {}, 7);
  EXPECT_EQ(out, "before\n");
}

TEST(ResultLine, FurtherFieldsNameTheFieldTheyAreAbout) {
  std::string out = "m usage\\ a=1";
  EXPECT_TRUE(append_further_fields(out, std::string(out), "usage a", fields, {"score", "alarm"}));
  EXPECT_EQ(out, "m usage\\ a=1,usage\\ a.score=0.5,usage\\ a.alarm=true");
}

TEST(ResultLine, AFurtherFieldWhoseNameTheLineHasIsPrefixed) {
  const auto further = [](const std::string& line) {
    std::string out;
    const bool all_free = append_further_fields(out, line, "x", fields, {"score"});
    return (all_free ? "" : "prefixed ") + out;
  };
  EXPECT_EQ(further("m x=1,x.score=7"), "prefixed ,oddity.x.score=0.5");
  EXPECT_EQ(further("m x.score=\"a text\",x=1"), "prefixed ,oddity.x.score=0.5");
  EXPECT_EQ(further("m x=1,x.score=7,oddity.x.score=7"), "prefixed ,oddity.oddity.x.score=0.5");
  EXPECT_EQ(further("m x=1,xx.score=7,x.scores=7"), ",x.score=0.5");
}

RC_GTEST_PROP(ResultLineProperty, IsReadAsItWasWritten, ()) {
  const auto text = rc::gen::suchThat(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab ,=#\"x"))),
      [](const std::string& word) { return !word.empty() && word[0] != '#' && word[0] != ' '; });
  const auto name = *text;
  const auto value = *text;
  const auto number = *rc::gen::map(rc::gen::arbitrary<int>(), [](int whole) { return whole / 7.0; });
  std::string out;
  append_result_line(out, name, {{"tag", value}}, std::vector<ResultField>{{"score", number}}, {}, 42);
  formats::LineParser parser({"score"}, formats::Precision::ns);
  formats::Row row;
  std::string diagnostic;
  RC_ASSERT(out.back() == '\n');
  out.pop_back();
  RC_ASSERT(parser.parse(out, row, diagnostic) == formats::Parsed::row);
  RC_ASSERT(row.name == name);
  RC_ASSERT(row.tags.at(0).second == value);
  RC_ASSERT(row.values.at(0) == number);
  RC_ASSERT(row.time == 42);
}

}  // namespace
}  // namespace oddity::live
