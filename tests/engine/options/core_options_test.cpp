#include "options/core_options.hpp"

#include <gtest/gtest.h>

#include <set>

#include "options/parse.hpp"
#include "options/value.hpp"

namespace oddity::options {
namespace {

TEST(CoreOptions, EachHasANameOfItsOwnASentenceAndAnExample) {
  std::set<std::string_view> names;
  for (const CoreOption& option : core_options) {
    EXPECT_TRUE(names.insert(option.name()).second) << option.name() << " twice";
    EXPECT_TRUE(std::string_view(option.spec.about).ends_with(".")) << option.name();
    ASSERT_NE(option.example, nullptr) << option.name();
    std::vector<Diagnostic> diagnostics;
    const Setting example{option.spec.name, Text{option.example}, ""};
    EXPECT_TRUE(resolve_value(option.spec, {&example, 1}, diagnostics, option.ends)) << option.name();
  }
}

/// What resolve() leaves alone has to be something that it would have let pass.
TEST(CoreOptions, EachDefaultIsPermitted) {
  const CoreOptions usual;
  for (const CoreOption& option : core_options) {
    if (option.required()) continue;
    const Resolved value = option.member.load(usual, option.spec);
    std::vector<Setting> mentions;
    if (option.lists_names()) {
      for (const std::string& name : std::get<std::vector<std::string>>(value.values))
        mentions.push_back({option.spec.name, Text{name}, ""});
    } else {
      mentions.push_back({option.spec.name, Text{value.text()}, ""});
    }
    std::vector<Diagnostic> diagnostics;
    const auto again = resolve_value(option.spec, mentions, diagnostics, option.ends);
    ASSERT_TRUE(again) << option.name() << ": " << diagnostics.at(0).sentence();
    EXPECT_EQ(again->values, value.values) << option.name();
  }
}

TEST(CoreOptions, DetectorsMayDeclareSizeAndNoOtherOfThem) {
  for (const CoreOption& option : core_options)
    EXPECT_EQ(is_reserved(option.name()), option.name() != "size");
  for (const char* word : {"param", "quiet", "options"}) EXPECT_TRUE(is_reserved(word)) << word;
  EXPECT_FALSE(is_reserved("halfLife"));
}

TEST(CoreOptions, AreFoundByTheirNames) {
  ASSERT_NE(core_option("maxGroups"), nullptr);
  EXPECT_EQ(core_option("maxGroups")->spec.type, ODDITY_INT);
  EXPECT_EQ(core_option("maxgroups"), nullptr);
  EXPECT_EQ(core_option_names(in_yaml),
            (std::vector<std::string>{"field", "size", "alpha", "falseAlarms", "algorithm", "ttl",
                                      "maxGroups", "direction", "minEffect", "minDeviation", "rest",
                                      "minHistory", "onConstant", "learn", "relearnAfter", "calibrate",
                                      "autocorrelation", "window", "passThrough"}));
}

}  // namespace
}  // namespace oddity::options
