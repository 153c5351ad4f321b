#include "oddity/description.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace oddity {
namespace {

constexpr OptionSpec options[] = {
    bool_option("loud", "A flag.").defaults_to("false"),
    int_option("depth", "samples", "A whole number.").between(-2, 9).defaults_to("-1").shapes_state(),
    double_option("rate", "1/s", "A number.").at_least(0.5).defaults_to("1e3"),
    string_option("mode", "A word.").one_of("slow|fast").defaults_to("slow"),
    duration_option("rest", "A time.").between(1e9, 60e9).defaults_to("5s"),
    int_option("lags", "", "Whole numbers.").repeatable().defaults_to(""),
};

TEST(OptionDraft, BecomesASpec) {
  constexpr OptionSpec depth = options[1];
  EXPECT_STREQ(depth.name, "depth");
  EXPECT_STREQ(depth.unit, "samples");
  EXPECT_STREQ(depth.about, "A whole number.");
  EXPECT_STREQ(depth.default_value, "-1");
  EXPECT_EQ(depth.choices, nullptr);
  EXPECT_EQ(depth.min, -2);
  EXPECT_EQ(depth.max, 9);
  EXPECT_EQ(depth.type, ODDITY_INT);
  EXPECT_EQ(depth.list, 0);
  EXPECT_EQ(depth.shapes_state, 1);
}

TEST(OptionDraft, OfEachType) {
  const std::int32_t types[] = {ODDITY_BOOL,   ODDITY_INT,      ODDITY_DOUBLE,
                                ODDITY_STRING, ODDITY_DURATION, ODDITY_INT};
  for (std::size_t i = 0; i < std::size(options); ++i)
    EXPECT_EQ(options[i].type, types[i]) << options[i].name;
  EXPECT_EQ(options[2].min, 0.5);
  EXPECT_STREQ(options[3].choices, "slow|fast");
  EXPECT_EQ(options[5].list, 1);
  EXPECT_EQ(options[0].shapes_state, 0);
}

/// What is not said reaches as far as the type, and the host's 64 bits.
TEST(OptionDraft, WithoutARangeReachesAsFarAsItsType) {
  const OptionSpec whole = int_option("n", "", "N.");
  EXPECT_GE(whole.min, -0x1p63);
  EXPECT_LT(whole.max, 0x1p63);
  EXPECT_GT(whole.max, 9e18);
  EXPECT_EQ(OptionSpec(duration_option("d", "D.")).min, 0);
  const OptionSpec number = double_option("x", "", "X.");
  EXPECT_LT(number.max - number.min, std::numeric_limits<double>::infinity());
  EXPECT_EQ(number.default_value, nullptr) << "required";
}

/// In a constexpr description the same are errors of the compiler.
TEST(OptionDraft, WhatDoesNotFitTogetherIsRefused) {
  EXPECT_THROW(int_option("n", "", "N.").between(3, 2), std::logic_error);
  EXPECT_THROW(string_option("s", "S.").between(0, 1), std::logic_error);
  EXPECT_THROW(int_option("n", "", "N.").one_of("1|2"), std::logic_error);
  for (const char* wrong : {"1", "10", "x", "3.5", "-", ""})
    EXPECT_THROW(OptionSpec(int_option("n", "", "N.").between(2, 9).defaults_to(wrong)), std::logic_error)
        << wrong;
  EXPECT_NO_THROW(OptionSpec(int_option("n", "", "N.").between(2, 9).defaults_to("9")));
  EXPECT_THROW(OptionSpec(bool_option("b", "B.").defaults_to("yes")), std::logic_error);
}

TEST(Output, HasNameUnitAndSentence) {
  constexpr OutputSpec made = output("z", "standard errors", "A distance.");
  EXPECT_STREQ(made.name, "z");
  EXPECT_STREQ(made.unit, "standard errors");
  EXPECT_STREQ(made.about, "A distance.");
}

}  // namespace
}  // namespace oddity
