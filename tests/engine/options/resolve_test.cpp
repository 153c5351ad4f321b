#include "options/resolve.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"

namespace oddity::options {
namespace {

constexpr oddity_option_spec ttest_options[] = {{.name = "size",
                                                 .unit = "samples",
                                                 .about = "a",
                                                 .default_value = nullptr,
                                                 .choices = nullptr,
                                                 .min = 2,
                                                 .max = 1e7,
                                                 .type = ODDITY_INT,
                                                 .list = 0,
                                                 .shapes_state = 0}};
constexpr oddity_option_spec rich_options[] = {{.name = "depth",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "3",
                                                .choices = nullptr,
                                                .min = 1,
                                                .max = 9,
                                                .type = ODDITY_INT,
                                                .list = 0,
                                                .shapes_state = 1},
                                               {.name = "rate",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "0.5",
                                                .choices = nullptr,
                                                .min = 0,
                                                .max = 1,
                                                .type = ODDITY_DOUBLE,
                                                .list = 0,
                                                .shapes_state = 0},
                                               {.name = "mode",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "slow",
                                                .choices = "slow|fast",
                                                .min = 0,
                                                .max = 0,
                                                .type = ODDITY_STRING,
                                                .list = 0,
                                                .shapes_state = 0},
                                               {.name = "rest",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "1m",
                                                .choices = nullptr,
                                                .min = 0,
                                                .max = 1e15,
                                                .type = ODDITY_DURATION,
                                                .list = 0,
                                                .shapes_state = 0},
                                               {.name = "lags",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "",
                                                .choices = nullptr,
                                                .min = 1,
                                                .max = 99,
                                                .type = ODDITY_INT,
                                                .list = 1,
                                                .shapes_state = 0},
                                               {.name = "loud",
                                                .unit = "",
                                                .about = "a",
                                                .default_value = "false",
                                                .choices = nullptr,
                                                .min = 0,
                                                .max = 0,
                                                .type = ODDITY_BOOL,
                                                .list = 0,
                                                .shapes_state = 0}};

Described describe(std::string_view name) {
  if (name == "calibrated") return {{}, true};
  if (name == "ttest") return Described(ttest_options);
  if (name == "rich") return Described(rich_options);
  throw Error({"option 'algorithm': '" + std::string(name) + "'", "one of rich, ttest", "another name", ""});
}

Settings usual() {
  Settings settings;
  settings.given = {
      {"field", std::string("hotend"), ""}, {"size", std::int64_t{3600}, ""}, {"alpha", 0.001, ""}};
  return settings;
}

/// A use of these detectors that says nothing of how odd is odd enough.
Settings without_alpha(std::initializer_list<const char*> detectors) {
  Settings settings;
  settings.given = {{"field", std::string("hotend"), ""}, {"size", std::int64_t{3600}, ""}};
  for (const char* detector : detectors) settings.given.push_back({"algorithm", std::string(detector), ""});
  return settings;
}

std::string error_of(const Settings& settings) {
  try {
    resolve(settings, describe);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

Setting& given(Settings& settings, const std::string& name) {
  for (Setting& setting : settings.given) {
    if (setting.name == name) return setting;
  }
  return settings.given.emplace_back(Setting{name, {}, ""});
}

TEST(Resolve, WhatCalibratesItselfNeedsNoAlpha) {
  const auto plan = resolve(without_alpha({"calibrated"}), describe);
  EXPECT_EQ(plan.false_alarms.text(), "1/7d");
  EXPECT_EQ(plan.alpha, 0);
  EXPECT_NE(error_of(without_alpha({"calibrated", "ttest"})).find("option 'alpha'"), std::string::npos)
      << "all of them have to";
  Settings with_alpha = without_alpha({"calibrated"});
  with_alpha.given.push_back({"alpha", 0.01, ""});
  EXPECT_EQ(resolve(with_alpha, describe).alpha, 0.01);
  EXPECT_FALSE(resolve(with_alpha, describe).false_alarms.promised());
}

TEST(Resolve, TheGuidesOptions) {
  const ResolvedOptions plan = resolve(usual(), describe);
  EXPECT_EQ(plan.fields, std::vector<std::string>{"hotend"});
  EXPECT_EQ(plan.alpha, 0.001);
  ASSERT_EQ(plan.choices.size(), 1u);
  EXPECT_EQ(plan.choices[0].algorithm, "ttest");
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(plan.choices[0].options[0].values)[0], 3600);
  EXPECT_EQ(plan.text(), "field=hotend alpha=0.001 algorithm=ttest size=3600");
}

TEST(Resolve, GroupsAreForgottenAsAsked) {
  EXPECT_EQ(resolve(usual(), describe).ttl, 0) << "never";
  EXPECT_EQ(resolve(usual(), describe).max_groups, 100'000);
  Settings settings = usual();
  given(settings, "ttl").value = Duration{7'200'000'000'000};
  given(settings, "maxGroups").value = std::int64_t{50};
  settings.defaults = {{"ttl", Text{"1m"}, "oddity.yaml:3"}};
  const ResolvedOptions plan = resolve(settings, describe);
  EXPECT_EQ(plan.ttl, 7'200'000'000'000);
  EXPECT_EQ(plan.max_groups, 50);
  EXPECT_EQ(plan.text(), "field=hotend alpha=0.001 ttl=2h maxGroups=50 algorithm=ttest size=3600");
}

struct Case {
  const char* name;
  Given value;
  const char* sentence;
};

TEST(Resolve, EachMistakeHasItsSentence) {
  const Case cases[] = {
      {"alpha", 3.0, "option 'alpha': expected a number between 0 and 1, got 3"},
      {"alpha", 0.0, "option 'alpha': expected a number between 0 and 1, got 0"},
      {"alpha", std::int64_t{1}, "option 'alpha': expected a number between 0 and 1, got 1"},
      {"alpha", Text{"much"}, "option 'alpha': expected a number between 0 and 1, got 'much'"},
      {"size", std::int64_t{1}, "option 'size': expected a whole number from 2 to 10000000 (samples), got 1"},
      {"size", 20.5, "option 'size': expected a whole number from 2 to 10000000 (samples), got 20.5"},
      {"size", Duration{60'000'000'000},
       "option 'size': expected a whole number from 2 to 10000000 (samples), got 1m"},
      {"ttl", Duration{-1}, "option 'ttl': expected a duration such as 5m from 0s to 36500d, got -1ns"},
      {"maxGroups", std::int64_t{0},
       "option 'maxGroups': expected a whole number from 1 to 1000000000 (groups), got 0"},
      {"field", std::monostate{},
       "option 'field': expected a text, got no value (double quotes make a reference to a tag or field in "
       "TICKscript; write single quotes)"},
      {"field", std::string(), "option 'field': expected a name, got an empty text"},
      {"algorithm", std::string("tteest"),
       "option 'algorithm': 'tteest': expected one of rich, ttest, got another name"},
      {"sise", std::int64_t{5},
       "option 'sise': expected one of field, size, alpha, falseAlarms, algorithm, ttl, maxGroups, "
       "direction, minEffect, minDeviation, rest, minHistory, onConstant, learn, relearnAfter, calibrate, "
       "autocorrelation, window, passThrough, param, got "
       "an "
       "unknown option (did you mean 'size'?)"},
  };
  for (const Case& one : cases) {
    Settings settings = usual();
    given(settings, one.name).value = one.value;
    EXPECT_EQ(error_of(settings), one.sentence);
  }
}

TEST(Resolve, WhatIsMissingIsSaidInTheGuidesWords) {
  const std::string error = error_of({});
  EXPECT_NE(
      error.find("option 'field': expected the name of the field to watch, .field('hotend'), got nothing"),
      std::string::npos)
      << error;
  EXPECT_NE(
      error.find(
          "option 'alpha': expected an alpha value, a number between 0 and 1, .alpha(0.001), got nothing"),
      std::string::npos)
      << error;
  EXPECT_NE(error.find("option 'size': expected the size of the history, a whole number from 2 to 10000000 "
                       "(samples), .size(3600), got nothing"),
            std::string::npos)
      << error;
}

TEST(Resolve, AllMistakesComeAtOnce) {
  Settings settings = usual();
  given(settings, "alpha").value = 2.0;
  given(settings, "size").value = std::int64_t{0};
  settings.params.push_back({"depht", Text{"3"}, ""});
  const std::string error = error_of(settings);
  for (const char* part : {"'alpha'", "'size'", "'depht'"})
    EXPECT_NE(error.find(part), std::string::npos) << error;
}

TEST(Resolve, SingleUseOptionsAreGivenOnce) {
  Settings settings = usual();
  settings.given.push_back({"size", std::int64_t{5}, ""});
  EXPECT_EQ(error_of(settings), "option 'size': expected one value, got 2 (give it once)");
}

TEST(Resolve, RepeatedNamesAreAMistake) {
  Settings settings = usual();
  settings.given.push_back({"field", std::string("hotend"), ""});
  EXPECT_EQ(error_of(settings), "option 'field': expected each name once, got 'hotend' again");
}

TEST(Resolve, TickscriptGoesBeforeYamlGoesBeforeTheDefault) {
  Settings settings = usual();
  settings.given.push_back({"algorithm", std::string("rich"), ""});
  EXPECT_EQ(resolve(settings, describe).choices[0].options[0].text(), "3");
  settings.algorithms.push_back({"rich", "f:1", {{"depth", Text{"4"}, "f:2"}}});
  EXPECT_EQ(resolve(settings, describe).choices[0].options[0].text(), "4");
  settings.params.push_back({"depth", Text{"5"}, ""});
  EXPECT_EQ(resolve(settings, describe).choices[0].options[0].text(), "5");
}

TEST(Resolve, YamlsDefaultsServeWhatIsNotGiven) {
  Settings settings;
  settings.defaults = {{"field", Text{"a"}, "f:1"},
                       {"field", Text{"b"}, "f:1"},
                       {"size", Text{"50"}, "f:2"},
                       {"alpha", Text{"0.1"}, "f:3"}};
  settings.given = {{"field", std::string("c"), ""}};
  EXPECT_EQ(resolve(settings, describe).text(), "field=c alpha=0.1 algorithm=ttest size=50")
      << "a list that is given replaces the default's";
}

TEST(Resolve, AYamlMistakeNamesFileAndLine) {
  Settings settings = usual();
  settings.given.erase(settings.given.begin() + 2);
  settings.defaults = {{"alpha", Text{"7"}, "oddity.yaml:4"}};
  EXPECT_EQ(error_of(settings), "oddity.yaml:4: option 'alpha': expected a number between 0 and 1, got '7'");
}

TEST(Resolve, TextsAreReadByTheDeclaredType) {
  Settings settings = usual();
  settings.given.push_back({"algorithm", std::string("rich"), ""});
  for (const auto& [name, text] : {std::pair{"depth", "9"},
                                   {"rate", "0.25"},
                                   {"mode", "fast"},
                                   {"rest", "1h30m"},
                                   {"lags", "2"},
                                   {"lags", "7"},
                                   {"loud", "true"}}) {
    settings.params.push_back({name, Text{text}, ""});
  }
  const ResolvedOptions plan = resolve(settings, describe);
  std::vector<std::string> texts;
  for (const Resolved& option : plan.choices[0].options) texts.push_back(option.text());
  EXPECT_EQ(texts, (std::vector<std::string>{"9", "0.25", "fast", "1h30m", "[2, 7]", "true"}));
  EXPECT_TRUE(plan.choices[0].options[0].shapes_state);
}

TEST(Resolve, WrongTextsNameTypeRangeAndChoices) {
  const std::pair<const char*, const char*> cases[] = {
      {"depth", "a whole number from 1 to 9, got '11'"},
      {"rate", "a number from 0 to 1, got '11'"},
      {"mode", "one of slow, fast, got '11'"},
      {"rest", "a duration such as 5m from 0s to 11d13h46m40s, got '11'"},
      {"loud", "true or false, got '11'"}};
  for (const auto& [name, sentence] : cases) {
    Settings settings = usual();
    settings.given.push_back({"algorithm", std::string("rich"), ""});
    settings.params.push_back({name, Text{"11"}, ""});
    EXPECT_EQ(error_of(settings), "option '" + std::string(name) + "': expected " + sentence);
  }
}

TEST(Resolve, AParamCanAddressOneOfSeveralAlgorithms) {
  Settings settings = usual();
  settings.given.push_back({"algorithm", std::string("ttest"), ""});
  settings.given.push_back({"algorithm", std::string("rich"), ""});
  settings.params = {{"rich.depth", Text{"7"}, ""}};
  EXPECT_EQ(resolve(settings, describe).choices[1].options[0].text(), "7");
}

TEST(Resolve, ASizeThatIsNotUsedIsNoted) {
  Settings settings = usual();
  settings.given.push_back({"algorithm", std::string("rich"), ""});
  const ResolvedOptions plan = resolve(settings, describe);
  ASSERT_EQ(plan.notes.size(), 1u);
  EXPECT_EQ(plan.notes[0], "size is not used by algorithm 'rich'");
}

TEST(Resolve, AWholeNumberIsANumber) {
  Settings settings = usual();
  settings.given.push_back({"algorithm", std::string("rich"), ""});
  settings.params.push_back({"rate", std::int64_t{1}, ""});
  EXPECT_EQ(resolve(settings, describe).choices[0].options[1].text(), "1");
}

RC_GTEST_PROP(Resolve, NoSettingsAreACrash, ()) {
  Settings settings;
  const auto any_value = [] {
    return *rc::gen::oneOf(
        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t v) { return Given(v); }),
        rc::gen::map(rc::gen::arbitrary<double>(), [](double v) { return Given(v); }),
        rc::gen::map(rc::gen::arbitrary<std::string>(), [](const std::string& v) { return Given(Text{v}); }),
        rc::gen::just(Given()));
  };
  const auto any_name = [] {
    return *rc::gen::element<std::string>("field", "size", "alpha", "algorithm", "depth", "lags", "", "x");
  };
  for (auto* list : {&settings.given, &settings.defaults, &settings.params}) {
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) list->push_back({any_name(), any_value(), ""});
  }
  try {
    const ResolvedOptions plan = resolve(settings, describe);
    RC_ASSERT(plan.alpha > 0 && plan.alpha < 1);
    RC_ASSERT(!plan.fields.empty());
  } catch (const Error& error) {
    RC_ASSERT(!error.diagnostics().empty());
  }
}

}  // namespace
}  // namespace oddity::options
