#include "oddity/options.hpp"

#include <gtest/gtest.h>

namespace oddity {
namespace {

constexpr OptionSpec specs[] = {{.name = "depth",
                                 .unit = "",
                                 .about = "a",
                                 .default_value = "1",
                                 .choices = nullptr,
                                 .min = 0,
                                 .max = 9,
                                 .type = ODDITY_INT,
                                 .list = 0,
                                 .shapes_state = 0},
                                {.name = "words",
                                 .unit = "",
                                 .about = "a",
                                 .default_value = "",
                                 .choices = nullptr,
                                 .min = 0,
                                 .max = 0,
                                 .type = ODDITY_STRING,
                                 .list = 1,
                                 .shapes_state = 0}};

TEST(Options, AreFoundByName) {
  const std::int64_t depth = 3;
  const char* const words[] = {"a", "b"};
  const oddity_value values[] = {{&depth, 1, ODDITY_INT}, {words, 2, ODDITY_STRING}};
  const Options options(specs, values, 1);
  EXPECT_EQ(options.integer("depth"), 3);
  ASSERT_EQ(options.texts("words").size(), 2u);
  EXPECT_STREQ(options.texts("words")[1], "b");
  EXPECT_EQ(options.columns(), 1u);
}

TEST(Options, MistakesOfTheDetectorAreNamed) {
  const std::int64_t depth = 3;
  const oddity_value values[] = {{&depth, 1, ODDITY_INT}, {nullptr, 0, ODDITY_STRING}};
  const Options options(specs, values, 1);
  EXPECT_THROW(options.integer("width"), std::logic_error);
  EXPECT_THROW(options.number("depth"), std::logic_error);
  EXPECT_THROW(options.text("words"), std::logic_error);  // a list, and empty
}

}  // namespace
}  // namespace oddity
