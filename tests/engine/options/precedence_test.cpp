// The order in which values count, level by level: docs/configuration.md, "Which value counts".
#include "options/precedence.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.hpp"
#include "options/resolve.hpp"

namespace oddity::options {
namespace {

constexpr OptionSpec first_specs[] = {size_option,
                                      int_option("depth", "", "a").between(1, 9).defaults_to("1")};
constexpr OptionSpec second_specs[] = {size_option,
                                       int_option("depth", "", "a").between(1, 99).defaults_to("1")};

std::span<const OptionSpec> describe(std::string_view name) {
  return name == "first" ? first_specs : second_specs;
}

/// Two detectors, so that it is seen what addresses one and what both.
Settings two_detectors() {
  Settings settings;
  settings.given = {{"field", std::string("x"), ""},
                    {"algorithm", std::string("first"), ""},
                    {"algorithm", std::string("second"), ""}};
  settings.defaults = {{"alpha", Text{"0.1"}, "f:2"}};
  settings.algorithms = {{"first", "f:5", {}}, {"second", "f:8", {}}};
  return settings;
}

std::string value_of(const ResolvedOptions& plan, std::size_t detector, std::string_view option) {
  for (const Resolved& one : plan.choices.at(detector).options)
    if (one.name == option) return one.text();
  return "none";
}
std::string error_of(const Settings& settings) {
  try {
    resolve(settings, describe);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

struct Place {
  const char* name;
  bool of_all;
  std::function<void(Settings&, const char* text)> give;
};

/// Strongest first.
std::vector<Place> places_of(const std::string& option, bool standard) {
  std::vector<Place> places;
  places.push_back({"param of one", false, [=](Settings& to, const char* text) {
                      to.params.push_back({"first." + option, Text{text}, "--param"});
                    }});
  if (standard) {
    places.push_back({"option of all", true, [=](Settings& to, const char* text) {
                        to.given.push_back({option, Text{text}, "--" + option});
                      }});
  } else {
    places.push_back({"param of all", true, [=](Settings& to, const char* text) {
                        to.params.push_back({option, Text{text}, "--param"});
                      }});
  }
  places.push_back({"YAML of one", false, [=](Settings& to, const char* text) {
                      to.algorithms[0].settings.push_back({option, Text{text}, "f:6"});
                    }});
  if (standard) {
    places.push_back({"YAML of all", true, [=](Settings& to, const char* text) {
                        to.defaults.push_back({option, Text{text}, "f:3"});
                      }});
  }
  return places;
}

/// Each place beside the next weaker one, both ways round in the order of giving.
void expect_order(const std::string& option, bool standard) {
  const auto places = places_of(option, standard);
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    SCOPED_TRACE(option + ": " + places[i].name + " before " + places[i + 1].name);
    for (const bool stronger_first : {true, false}) {
      Settings settings = two_detectors();
      places[stronger_first ? i : i + 1].give(settings, stronger_first ? "7" : "5");
      places[stronger_first ? i + 1 : i].give(settings, stronger_first ? "5" : "7");
      // Of the other detector; and what it needs.
      if (standard) settings.algorithms[1].settings.push_back({option, Text{"4"}, "f:9"});
      if (!standard) settings.given.push_back({"size", Text{"10"}, "--size"});
      const ResolvedOptions plan = resolve(settings, describe);
      EXPECT_EQ(value_of(plan, 0, option), "7");
    }
  }
}

TEST(Precedence, OfSizeEachLevelGoesBeforeTheNext) { expect_order("size", true); }
TEST(Precedence, OfADetectorsOwnOptionEachLevelGoesBeforeTheNext) { expect_order("depth", false); }

TEST(Precedence, TheDefaultComesLast) {
  for (const Place& place : places_of("depth", false)) {
    Settings settings = two_detectors();
    settings.given.push_back({"size", Text{"10"}, ""});
    EXPECT_EQ(value_of(resolve(settings, describe), 0, "depth"), "1");
    place.give(settings, "7");
    EXPECT_EQ(value_of(resolve(settings, describe), 0, "depth"), "7") << place.name;
  }
}

TEST(Precedence, WhatAddressesOneLeavesTheOthersAlone) {
  for (const auto& [option, standard] : {std::pair{"size", true}, {"depth", false}}) {
    for (const Place& place : places_of(option, standard)) {
      Settings settings = two_detectors();
      settings.defaults.push_back({"size", Text{"50"}, "f:3"});
      if (std::string_view(place.name) == "YAML of all") continue;
      place.give(settings, "7");
      const ResolvedOptions plan = resolve(settings, describe);
      EXPECT_EQ(value_of(plan, 0, option), "7") << place.name;
      const std::string usual = standard ? "50" : "1";
      EXPECT_EQ(value_of(plan, 1, option), place.of_all ? "7" : usual) << place.name;
    }
  }
}

TEST(Precedence, OfTheCoresOptionsTheUseGoesBeforeYamlGoesBeforeTheDefault) {
  struct Row {
    const char* option;
    const char* given;
    const char* yaml;
  };
  const CoreOptions usual;
  for (const Row& row : {Row{"alpha", "0.01", "0.02"},
                         {"ttl", "5m", "6m"},
                         {"maxGroups", "3", "4"},
                         {"algorithm", "second", "first"},
                         {"field", "y", "z"}}) {
    const CoreOption& option = *core_option(row.option);
    const auto shown = [&](const Settings& settings) { return option.text(resolve(settings, describe)); };
    Settings settings;
    settings.given = {{"size", Text{"10"}, ""}};
    settings.defaults = {{row.option, Text{row.yaml}, "f:1"}};
    for (const CoreOption& other : core_options) {
      if (other.required() && other.name() != row.option && other.name() != "size")
        settings.given.push_back({other.spec.name, Text{other.example}, ""});
    }
    EXPECT_EQ(shown(settings), row.yaml);
    settings.given.push_back({row.option, Text{row.given}, "--" + std::string(row.option)});
    EXPECT_EQ(shown(settings), row.given) << row.option;
    if (option.required()) continue;
    settings.given.pop_back();
    settings.defaults.clear();
    EXPECT_EQ(shown(settings), option.text(usual)) << row.option;
  }
}

TEST(Precedence, OneLevelGivesOneValue) {
  Settings settings = two_detectors();
  settings.given.push_back({"size", Text{"7"}, "--size"});
  settings.params.push_back({"size", Text{"5"}, "--param"});
  EXPECT_EQ(error_of(settings), "--param: option 'size': expected one value, got 2 (give it once)");
}

// A value that does not count is no excuse ----------------------------------------

TEST(Overridden, AValueOfTheCoresIsCheckedAllTheSame) {
  for (const auto& [option, wrong, right] : {std::tuple{"alpha", "5", "0.1"},
                                             {"ttl", "soon", "5m"},
                                             {"maxGroups", "0", "9"},
                                             {"field", "", "x"}}) {
    Settings settings;
    settings.given = {{"algorithm", std::string("first"), ""}, {"size", Text{"10"}, ""}};
    for (const char* required : {"field", "alpha"})
      if (std::string_view(option) != required)
        settings.given.push_back({required, Text{core_option(required)->example}, ""});
    settings.given.push_back({option, Text{right}, ""});
    settings.defaults = {{option, Text{wrong}, "f:1"}};
    EXPECT_TRUE(error_of(settings).starts_with("f:1: option '" + std::string(option) + "': expected "))
        << error_of(settings);
  }
}

TEST(Overridden, AValueOfADetectorsIsCheckedAllTheSame) {
  Settings section = two_detectors();
  section.given.push_back({"size", Text{"10"}, ""});
  section.algorithms[0].settings.push_back({"depth", Text{"10"}, "f:6"});
  section.params.push_back({"first.depth", Text{"2"}, "--param"});
  EXPECT_EQ(error_of(section), "f:6: option 'depth': expected a whole number from 1 to 9, got '10'");

  Settings defaults = two_detectors();
  defaults.given.push_back({"size", Text{"10"}, ""});
  defaults.defaults.push_back({"size", Text{"1"}, "f:3"});
  EXPECT_EQ(error_of(defaults),
            "f:3: option 'size': expected a whole number from 2 to 10000000 (samples), got '1'");
}

/// 50 is meant for the second detector; the first has a value of its own.
TEST(Overridden, AValueForAllMayBeOutOfRangeForOneThatHasItsOwn) {
  Settings settings = two_detectors();
  settings.given.push_back({"size", Text{"10"}, ""});
  settings.params = {{"depth", Text{"50"}, "--param"}, {"first.depth", Text{"2"}, "--param"}};
  const ResolvedOptions plan = resolve(settings, describe);
  EXPECT_EQ(value_of(plan, 0, "depth"), "2");
  EXPECT_EQ(value_of(plan, 1, "depth"), "50");
  settings.params[1].name = "second.depth";
  EXPECT_EQ(error_of(settings), "--param: option 'depth': expected a whole number from 1 to 9, got '50'");
}

TEST(Overridden, AMistakeIsToldOnceHoweverManyDetectorsItReaches) {
  Settings settings = two_detectors();
  settings.given.push_back({"size", Text{"1"}, "--size"});
  EXPECT_EQ(error_of(settings),
            "--size: option 'size': expected a whole number from 2 to 10000000 (samples), got '1'");
}

// Names --------------------------------------------------------------------------

TEST(Names, AnUnknownDetectorOfYamlIsNamedWithItsLine) {
  Settings settings = two_detectors();
  settings.given = {{"field", std::string("x"), ""}, {"size", Text{"10"}, ""}};
  settings.defaults.push_back({"algorithm", Text{"nosuch"}, "f:4"});
  try {
    resolve(settings, [](std::string_view name) -> std::span<const OptionSpec> {
      throw Error({"option 'algorithm': '" + std::string(name) + "'", "another", "none", ""});
    });
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "f:4: option 'algorithm': 'nosuch': expected another, got none");
  }
}

TEST(Names, AnOptionOfTheCoresIsNoParam) {
  for (const auto& [origin, hint] :
       {std::pair{"", ".alpha(...)"}, {"--param", "--alpha ..."}, {"f:6", "'alpha' of 'defaults'"}}) {
    Settings settings = two_detectors();
    settings.given.push_back({"size", Text{"10"}, ""});
    const Setting wrong{"alpha", Text{"0.1"}, origin};
    if (std::string_view(origin) == "f:6") {
      settings.algorithms[0].settings.push_back(wrong);
    } else {
      settings.params.push_back(wrong);
    }
    EXPECT_NE(
        error_of(settings).find("(it is the same for all detectors, and given as " + std::string(hint) + ")"),
        std::string::npos)
        << error_of(settings);
  }
}

/// Of two detectors that take different options, what is offered is what the one that was asked takes.
TEST(Names, WhatIsOfferedIsOfTheDetectorThatWasAsked) {
  static constexpr OptionSpec others[] = {int_option("width", "", "a").between(1, 9).defaults_to("1")};
  const auto refusal = [](const Settings& settings) -> std::string {
    try {
      resolve(settings, [](std::string_view name) {
        return name == "first" ? std::span(first_specs) : std::span<const OptionSpec>(others);
      });
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  };
  Settings section = two_detectors();
  section.given.push_back({"size", Text{"10"}, ""});
  section.algorithms[1].settings = {{"size", Text{"5"}, "f:9"}};
  EXPECT_EQ(refusal(section),
            "f:9: option 'size': expected an option of second, got an unknown name (it takes width)");
  Settings param = two_detectors();
  param.given.push_back({"size", Text{"10"}, ""});
  param.params = {{"second.depth", Text{"5"}, "--param"}};
  EXPECT_EQ(
      refusal(param),
      "--param: option 'second.depth': expected an option of second, got an unknown name (it takes width)");
  param.params = {{"second.widht", Text{"5"}, "--param"}};
  EXPECT_NE(refusal(param).find("did you mean 'width'?"), std::string::npos) << refusal(param);
  param.params = {{"nothing", Text{"5"}, "--param"}};
  EXPECT_NE(refusal(param).find("an option of first or second"), std::string::npos) << refusal(param);
}

}  // namespace
}  // namespace oddity::options
