// A table of the test's own: a row for each type of member that there can be.
#include "options/row.hpp"

#include <gtest/gtest.h>

#include "options/value.hpp"

namespace oddity::options {
namespace {

enum class Mode { slow, fast, fastest };

/// Written 2:5.
struct Odds {
  int for_it = 1, against = 1;
  static constexpr const char* form = "odds such as 2:5";
  static std::optional<Odds> parse(std::string_view text) {
    if (text.size() != 3 || text[1] != ':') return std::nullopt;
    return Odds{text[0] - '0', text[2] - '0'};
  }
  std::string text() const { return std::to_string(for_it) + ":" + std::to_string(against); }
};

struct Values {
  bool loud = true;
  std::int64_t depth = -3;
  std::size_t room = 7;
  std::int64_t rest = 90'000'000'000;
  double rate = 0.25;
  std::string label = "none";
  std::vector<std::string> names{"a", "b"};
  Mode mode = Mode::fast;
  Odds odds;
};

constexpr Row<Values> rows[] = {
    row<&Values::loud>(bool_option("loud", "A flag.")),
    row<&Values::depth>(int_option("depth", "", "A whole number.")),
    row<&Values::room>(int_option("room", "groups", "A count.").at_least(0)),
    row<&Values::rest>(duration_option("rest", "A time.")),
    row<&Values::rate>(double_option("rate", "", "A share.").between(0, 1)).without_ends(),
    row<&Values::label>(string_option("label", "A text.")),
    row<&Values::names>(string_option("names", "Some names.").repeatable()),
    row<&Values::mode>(string_option("mode", "One of three.").one_of("slow|fast|fastest")).only(in_yaml),
    row<&Values::odds>(string_option("odds", "Some odds.")),
};

/// What is stored from a text, as the row prints it.
std::string through(const Row<Values>& option, const std::vector<std::string>& texts) {
  std::vector<Setting> mentions;
  for (const std::string& text : texts) mentions.push_back({option.spec.name, Text{text}, ""});
  std::vector<Diagnostic> diagnostics;
  const auto value = resolve_value(option, mentions, diagnostics);
  if (!value) return diagnostics.at(0).sentence();
  Values values;
  option.member.store(values, option.spec, *value);
  return option.text(values);
}

TEST(Row, TheMembersInitialiserIsTheDefault) {
  const Values usual;
  std::vector<std::string> texts;
  for (const auto& option : rows) texts.push_back(option.text(usual));
  EXPECT_EQ(texts,
            (std::vector<std::string>{"true", "-3", "7", "1m30s", "0.25", "none", "[a, b]", "fast", "1:1"}));
}

TEST(Row, AValueOfEachTypeReachesItsMemberAndComesBack) {
  const std::vector<std::vector<std::string>> texts{{"false"}, {"12"},     {"9"},       {"1h30m"}, {"0.5"},
                                                    {"other"}, {"c", "d"}, {"fastest"}, {"7:3"}};
  for (std::size_t i = 0; i < std::size(rows); ++i)
    EXPECT_EQ(through(rows[i], texts[i]), texts[i].size() == 1 ? texts[i][0] : "[c, d]") << rows[i].spec.name;
}

TEST(Row, AChoiceIsTheEnumeratorAtItsPlace) {
  Values values;
  for (const auto& [word, mode] :
       {std::pair{"slow", Mode::slow}, {"fast", Mode::fast}, {"fastest", Mode::fastest}}) {
    rows[7].member.store(values, rows[7].spec,
                         {"mode", std::vector<std::string>{word}, ODDITY_STRING, false});
    EXPECT_EQ(values.mode, mode);
  }
  EXPECT_EQ(through(rows[7], {"fats"}),
            "option 'mode': expected one of slow, fast, fastest, got 'fats' (did you mean 'fast'?)");
}

TEST(Row, ATextMayHaveAForm) {
  EXPECT_EQ(through(rows[8], {"2:9"}), "2:9");
  EXPECT_EQ(through(rows[8], {"often"}), "option 'odds': expected odds such as 2:5, got 'often'");
  EXPECT_EQ(expected(rows[8]), "odds such as 2:5");
  EXPECT_EQ(expected(rows[4]), "a number between 0 and 1");
}

TEST(Row, EndsMayBeExcluded) {
  EXPECT_EQ(through(rows[4], {"0"}), "option 'rate': expected a number between 0 and 1, got '0'");
  EXPECT_EQ(through(rows[4], {"1"}), "option 'rate': expected a number between 0 and 1, got '1'");
  EXPECT_EQ(through(rows[4], {"1e-300"}), "1e-300");
}

TEST(Row, WhatHasNoBoundsSaysNone) {
  EXPECT_EQ(expected(rows[1].spec), "a whole number");
  EXPECT_EQ(expected(rows[2].spec), "a whole number of at least 0 (groups)");
  EXPECT_EQ(expected(rows[3].spec), "a duration such as 5m");
  EXPECT_EQ(expected(int_option("x", "", "x").between(-1e19, 5)), "a whole number of at most 5");
  EXPECT_EQ(expected(double_option("x", "", "x").at_least(0), Ends::excluded), "a number above 0");
  EXPECT_EQ(expected(double_option("x", "", "x")), "a number");
}

TEST(Row, ItStandsWhereItMay) {
  EXPECT_TRUE(rows[0].may_stand(in_tickscript) && rows[0].may_stand(in_yaml) &&
              rows[0].may_stand(on_command_line));
  EXPECT_TRUE(rows[7].may_stand(in_yaml));
  EXPECT_FALSE(rows[7].may_stand(in_tickscript) || rows[7].may_stand(on_command_line));
}

/// The compiler refuses these in a constexpr table; here it is the same check at run time.
TEST(Row, AMemberOfAnotherTypeIsRefused) {
  EXPECT_THROW(row<&Values::depth>(double_option("x", "", "x")), std::logic_error);
  EXPECT_THROW(row<&Values::rate>(int_option("x", "", "x")), std::logic_error);
  EXPECT_THROW(row<&Values::loud>(string_option("x", "x")), std::logic_error);
  EXPECT_THROW(row<&Values::label>(string_option("x", "x").repeatable()), std::logic_error);
  EXPECT_THROW(row<&Values::names>(string_option("x", "x")), std::logic_error);
  EXPECT_THROW(row<&Values::mode>(string_option("x", "x")), std::logic_error) << "without its words";
  EXPECT_THROW(row<&Values::label>(string_option("x", "x").one_of("a|b")), std::logic_error);
  EXPECT_THROW(row<&Values::room>(int_option("x", "", "x")), std::logic_error) << "may be negative";
  EXPECT_THROW(row<&Values::depth>(int_option("x", "", "x").defaults_to("3")), std::logic_error);
}

}  // namespace
}  // namespace oddity::options
