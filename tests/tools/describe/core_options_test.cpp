#include "describe/core_options.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "options/core_options.hpp"

namespace oddity::describe {
namespace {

std::string file(const std::string& name) {
  std::stringstream text;
  text << std::ifstream(std::string(ODDITY_SOURCE) + "/" + name).rdbuf();
  return text.str();
}

TEST(CoreOptionsTable, ThePageInTheDocsHasWhatTheProgramPrints) {
  EXPECT_NE(file("docs/configuration.md").find("\n" + core_options_markdown() + "\n"), std::string::npos)
      << "make the table anew: oddity config options --markdown\n"
      << core_options_markdown();
}

TEST(CoreOptionsTable, TheDocumentedYamlHasEveryOption) {
  const std::string yaml = file("config/oddity.yaml");
  const std::string defaults =
      yaml.substr(yaml.find("\ndefaults:"), yaml.find("\nalgorithms:") - yaml.find("\ndefaults:"));
  const options::CoreOptions usual;
  for (const options::CoreOption& option : options::core_options) {
    if (!option.may_stand(options::in_yaml)) continue;
    const std::string name(option.name());
    std::smatch found;
    ASSERT_TRUE(std::regex_search(defaults, found, std::regex("\n  (?:# )?" + name + ": (.*)"))) << name;
    if (option.required() || option.lists_names()) continue;
    EXPECT_EQ(found[1], option.text(usual)) << name;
  }
}

TEST(CoreOptionsTable, SaysOfEachHowItIsGivenAndWhatItTakes) {
  const std::string markdown = core_options_markdown();
  for (const char* row : {"| field | `.field('hotend')` | `--field hotend` | `field: hotend` | a text, or "
                          "several; required | ",
                          "| alpha | `.alpha(0.001)` | `--alpha 0.001` | `alpha: 0.001` | a number between 0 "
                          "and 1; required, or falseAlarms | ",
                          "| maxGroups | `.maxGroups(5000)` | `--maxGroups 5000` | `maxGroups: 5000` | a "
                          "whole number from 1 to "
                          "1000000000 (groups); default 100000 | ",
                          "| ttl | `.ttl(7d)` | `--ttl 7d` | `ttl: 7d` | a duration such as 5m from 0s to "
                          "36500d; default 0s | "})
    EXPECT_NE(markdown.find(row), std::string::npos) << row << "\n" << markdown;
  const std::string text = core_options_text();
  for (const options::CoreOption& option : options::core_options)
    EXPECT_NE(text.find(option.spec.about), std::string::npos) << option.name();
}

}  // namespace
}  // namespace oddity::describe
