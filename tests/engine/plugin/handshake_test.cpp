// Sizes and versions before anything else; then every rule of a description.
#include "plugin/handshake.hpp"

#include <gtest/gtest.h>

#include "numerics/tails.hpp"
#include "plugin/description.hpp"
#include "support/calm_detector.hpp"

namespace oddity::plugin {
namespace {

constexpr OptionSpec one_option[] = {{.name = "depth",
                                      .unit = "",
                                      .about = "Depth.",
                                      .default_value = "1",
                                      .choices = nullptr,
                                      .min = 0,
                                      .max = 9,
                                      .type = ODDITY_INT,
                                      .list = 0,
                                      .shapes_state = 0}};
constexpr OutputSpec one_output[] = {{.name = "y", .unit = "", .about = "An output."}};
struct Sample : test::Calm {
  using Calm::Calm;
  static constexpr Description description{
      .name = "sample", .version = "1", .about = "A sample.", .options = one_option, .outputs = one_output};
};

/// Copies of a good plugin's tables, for a test to spoil.
class Handshake : public testing::Test {
 protected:
  Handshake()
      : table(*detail::Exported<Sample>::entry(&tails::host())),
        description(*table.description),
        option(one_option[0]),
        output(one_output[0]) {
    table.description = &description;
    description.options = &option;
    description.outputs = &output;
  }
  std::string wrong() const { return check_handshake(&table, "sample"); }
  oddity_plugin table;
  oddity_description description;
  oddity_option_spec option;
  oddity_output_spec output;
};

TEST_F(Handshake, AGoodPluginPasses) { EXPECT_EQ(wrong(), ""); }

TEST_F(Handshake, NoTableMeansTheHostIsTooOld) {
  EXPECT_NE(check_handshake(nullptr, "x").find("newer Oddity"), std::string::npos);
}

TEST_F(Handshake, SizesAreComparedFirst) {
  table.struct_size = 8;
  table.description = nullptr;
  EXPECT_NE(wrong().find("built for another ABI"), std::string::npos);
}

TEST_F(Handshake, ALargerTableOfANewerPluginIsWelcome) {
  table.struct_size += 64;
  description.struct_size += 64;
  EXPECT_EQ(wrong(), "");
}

TEST_F(Handshake, ANullFunctionIsSaid) {
  table.restore = nullptr;
  EXPECT_EQ(wrong(), "expected every function of the table, got a null pointer");
}

TEST_F(Handshake, TheNameIsTheFiles) {
  EXPECT_EQ(check_handshake(&table, "other"),
            "expected the file and the detector to have the same name, got 'other' and 'sample'");
}

TEST_F(Handshake, NamesOfTheCoreAreReserved) {
  option.name = "alpha";
  EXPECT_EQ(wrong(), "declares the option 'alpha', a name that is reserved for the core");
  option.name = "depth";
  output.name = "pvalue";
  EXPECT_NE(wrong().find("the output 'pvalue'"), std::string::npos);
}

TEST_F(Handshake, EveryRuleOfADescription) {
  const auto spoiled = [&](auto spoil) {
    const auto saved_description = description;
    const auto saved_option = option;
    const auto saved_output = output;
    spoil();
    const std::string found = wrong();
    description = saved_description;
    option = saved_option;
    output = saved_output;
    return found;
  };
  EXPECT_NE(spoiled([&] { description.name = "Sample!"; }), "");
  EXPECT_NE(spoiled([&] { description.about = ""; }), "");
  EXPECT_NE(spoiled([&] { description.directions = 0; }), "");
  EXPECT_NE(spoiled([&] { description.state_version = 0; }), "");
  EXPECT_NE(spoiled([&] { description.oldest_state_version = 9; }), "");
  EXPECT_NE(spoiled([&] { description.output_count = 9; }), "");
  EXPECT_NE(spoiled([&] { description.option_stride = 3; }), "");
  EXPECT_NE(spoiled([&] { option.about = nullptr; }), "");
  EXPECT_NE(spoiled([&] { option.name = "9lives"; }), "");
  EXPECT_NE(spoiled([&] { option.type = 17; }), "");
  EXPECT_NE(spoiled([&] { option.min = 10; }), "");
  EXPECT_NE(spoiled([&] { output.unit = nullptr; }), "");
  EXPECT_EQ(wrong(), "");
}

TEST_F(Handshake, ReasonsAreShortTextsOfOneLine) {
  const auto with = [&](std::vector<const char*> reasons) {
    description.reasons = reasons.data();
    description.reason_count = reasons.size();
    return wrong();
  };
  EXPECT_EQ(with({"jump", "\xc3\xa9t\xc3\xa9"}), "");
  for (const char* text : {"", "two\nlines", "\xff", "tab\t", static_cast<const char*>(nullptr)})
    EXPECT_NE(with({"jump", text}).find("expected reasons of 1 to 64 bytes of UTF-8 in one line"),
              std::string::npos);
  EXPECT_NE(with({std::string(65, 'x').c_str()}), "");
  EXPECT_NE(with(std::vector<const char*>(65, "x")).find("at most 64 reasons, got 65"), std::string::npos);
  description.reasons = nullptr;
  description.reason_count = 1;
  EXPECT_EQ(wrong(), "expected 1 reasons, got a null pointer");
  output.name = "why";
  description.reason_count = 0;
  EXPECT_NE(wrong().find("the output 'why'"), std::string::npos) << "the core's own";
}

/// It was built before there were any: what lies behind its description is not looked at.
TEST_F(Handshake, AnOlderPluginHasNoReasons) {
  description.reason_count = 1'000'000;
  description.struct_size = ODDITY_THROUGH(oddity_description, offers);
  EXPECT_EQ(wrong(), "");
  EXPECT_TRUE(DetectorDescription(description).reasons.empty());
}

TEST(AlgorithmName, IsAWordAndNeverAPath) {
  for (const char* name : {"ttest", "ks2", "my_detector"}) EXPECT_TRUE(is_algorithm_name(name)) << name;
  for (const char* name : {"", "../x", "a/b", "Ttest", "9x", "a.b", "a b", "-x"})
    EXPECT_FALSE(is_algorithm_name(name)) << name;
}

}  // namespace
}  // namespace oddity::plugin
