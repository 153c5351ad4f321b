#include "agent/option_reader.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "standin/standin.hpp"

namespace oddity::agent {
namespace {

/// The diagnostics of what `read` asks for, as the task's error has them; "" for none.
template <class Read>
std::string diagnostic(const udf::Request& init, Read&& read) {
  OptionReader given(init.init());
  read(given);
  try {
    given.finish();
  } catch (const Error& wrong) {
    return wrong.what();
  }
  return {};
}

TEST(OptionReader, ReadsWhatWasGiven) {
  const udf::Request init = test::Init().field("value").size(10).alpha(1.5);
  OptionReader given(init.init());
  EXPECT_EQ(given.text("field"), "value");
  EXPECT_EQ(given.integer("size", 1, 100), 10);
  EXPECT_EQ(given.number("alpha", 0, 2), 1.5);
  EXPECT_NO_THROW(given.finish());
}

TEST(OptionReader, FallsBackWhereNothingWasGiven) {
  const udf::Request init = test::Init();
  OptionReader given(init.init());
  EXPECT_EQ(given.text("as", "avg"), "avg");
  EXPECT_EQ(given.integer("size", 1, 100, 7), 7);
  EXPECT_EQ(given.number("scale", 0, 10, 1.5), 1.5);
  EXPECT_NO_THROW(given.finish());
}

TEST(OptionReader, SaysAllThatIsWrongAtOnce) {
  const std::string error = diagnostic(test::Init().size(0), [](OptionReader& given) {
    given.text("field");
    given.integer("size", 1, 100);
  });
  EXPECT_NE(error.find("option 'field': expected a text, got nothing"), std::string::npos) << error;
  EXPECT_NE(error.find("option 'size': expected a whole number from 1 to 100, got 0"), std::string::npos)
      << error;
}

TEST(OptionReader, ABooleanWithoutAValueIsDoubleQuotes) {
  test::Init init;
  init.option("field").set_type(udf::BOOL);
  EXPECT_NE(diagnostic(init, [](OptionReader& given) { given.text("field"); }).find("single quotes"),
            std::string::npos);
}

TEST(OptionReader, AnOptionIsGivenOnce) {
  EXPECT_NE(diagnostic(test::Init().field("a").field("b"), [](OptionReader& given) { given.text("field"); })
                .find("once"),
            std::string::npos);
}

TEST(OptionReader, AnOptionHasOneValue) {
  udf::Request init = test::Init().field("a");
  init.mutable_init()->mutable_options(0)->add_values()->set_stringvalue("b");
  EXPECT_NE(diagnostic(init, [](OptionReader& given) { given.text("field"); }).find("2 values"),
            std::string::npos);
  init.mutable_init()->mutable_options(0)->clear_values();
  EXPECT_NE(diagnostic(init, [](OptionReader& given) { given.text("field"); }).find("0 values"),
            std::string::npos);
}

TEST(OptionReader, ANumberThatIsNoneIsOutOfRange) {
  EXPECT_NE(diagnostic(test::Init().alpha(std::numeric_limits<double>::quiet_NaN()),
                       [](OptionReader& given) { given.number("alpha", 0, 1); })
                .find("a number from 0 to 1"),
            std::string::npos);
}

}  // namespace
}  // namespace oddity::agent
