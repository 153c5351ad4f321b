#include "line_protocol/line_protocol.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>

namespace oddity::formats {
namespace {

/// Parses a line of fields x and y, times in seconds.
struct Line {
  bool good = false;
  Row row;
  std::string diagnostic;
};

class LineProtocol : public testing::Test {
 protected:
  Line parse(std::string_view line) {
    Line parsed;
    parsed.good = parser.parse(line, parsed.row, parsed.diagnostic) == Parsed::row;
    return parsed;
  }
  std::string diagnostic_of(std::string_view line) {
    const Line parsed = parse(line);
    EXPECT_FALSE(parsed.good) << line;
    return parsed.diagnostic;
  }
  LineParser parser{{"x", "y"}, Precision::s};
};

TEST_F(LineProtocol, APlainLine) {
  const Line line = parse("cpu,host=a,rack=r1 x=1.5,y=-2 7");
  ASSERT_TRUE(line.good) << line.diagnostic;
  EXPECT_EQ(line.row.name, "cpu");
  ASSERT_EQ(line.row.tags.size(), 2u);
  EXPECT_EQ(line.row.tags[1].second, "r1");
  EXPECT_EQ(line.row.values, (std::vector<double>{1.5, -2}));
  EXPECT_EQ(line.row.time, 7'000'000'000);
}

TEST_F(LineProtocol, NumbersOfEveryKind) {
  EXPECT_EQ(parse("m x=3i,y=4u 1").row.values, (std::vector<double>{3, 4}));
  EXPECT_EQ(parse("m x=1e3,y=+.5 1").row.values, (std::vector<double>{1000, 0.5}));
}

TEST_F(LineProtocol, TextsBooleansAndAbsentFieldsAreMissing) {
  for (const char* line :
       {"m x=\"3\",y=1 1", "m x=t,y=1 1", "m x=FALSE,y=1 1", "m y=1 1", "m x=\"a \\\" b, c=d\",y=1 1"}) {
    const Line parsed = parse(line);
    ASSERT_TRUE(parsed.good) << line << ": " << parsed.diagnostic;
    EXPECT_TRUE(std::isnan(parsed.row.values[0])) << line;
    EXPECT_EQ(parsed.row.values[1], 1) << line;
    const bool there = line != std::string_view("m y=1 1");
    ASSERT_EQ(parsed.row.no_numbers.size(), there ? 1u : 0u) << line;
    for (const NoNumber& other : parsed.row.no_numbers) EXPECT_EQ(other.field, 0u);
  }
}

TEST_F(LineProtocol, Escapes) {
  const Line line = parse(R"(my\ cpu\,1,ho\=st=a\ b\,c x=1 5)");
  ASSERT_TRUE(line.good) << line.diagnostic;
  EXPECT_EQ(line.row.name, "my cpu,1");
  EXPECT_EQ(line.row.tags[0].first, "ho=st");
  EXPECT_EQ(line.row.tags[0].second, "a b,c");
  EXPECT_EQ(parse(R"(c:\dir x=1 5)").row.name, R"(c:\dir)") << "a backslash before anything else is itself";
}

// As InfluxDB's own parser takes them (models/points.go, scanMeasurement,
// scanTagsValue): the byte before decides.
TEST_F(LineProtocol, ABackslashCannotBeEscapedOutsideOfTexts) {
  EXPECT_FALSE(parse(R"(m,path=c:\\,host=a x=1 5)").good)
      << "the comma belongs to the path, in which another '=' must not stand";
  EXPECT_EQ(parse(R"(m,path=c:\\,x x=1 5)").row.tags[0].second, R"(c:\,x)");
  EXPECT_EQ(parse(R"(say\\"hi\\" x=1 5)").row.name, R"(say\"hi\")");
  EXPECT_EQ(parse(R"(say\\ it x=1 5)").row.name, R"(say\ it)");
}

TEST_F(LineProtocol, ATextMayHoldNewlines) {
  Row row;
  std::string diagnostic;
  EXPECT_EQ(parser.parse("m y=\"two", row, diagnostic), Parsed::open);
  EXPECT_EQ(parser.parse("m y=\"two\nlines \\\" \",x=3 5", row, diagnostic), Parsed::row) << diagnostic;
  EXPECT_EQ(row.values[0], 3);
}

TEST_F(LineProtocol, WhatLiesTooNearZeroIsZero) {
  EXPECT_EQ(parse("m x=1e-400,y=-4e-324 1").row.values, (std::vector<double>{0, -5e-324}));
}

TEST_F(LineProtocol, FieldsThatWereNotChosenAreKnownByName) {
  parse("m z=1,x=2 1");
  parse("m zz=1,z=2 1");
  EXPECT_EQ(parser.other_fields(), (std::vector<std::string>{"z", "zz"}));
}

TEST_F(LineProtocol, AFieldThatStandsTwiceCountsLast) { EXPECT_EQ(parse("m x=1,x=2 1").row.values[0], 2); }

TEST_F(LineProtocol, LineEndsOfWindowsAndBlanks) {
  EXPECT_TRUE(parse("m x=1 5\r").good);
  EXPECT_TRUE(parse(" \tm  x=1  5  ").good);
}

TEST_F(LineProtocol, NegativeTimesAreTimes) { EXPECT_EQ(parse("m x=1 -5").row.time, -5'000'000'000); }

TEST_F(LineProtocol, CommentsAndEmptyLinesAreNoRows) {
  for (const char* line : {"", "  ", "\r", "# a comment", "  # too"}) EXPECT_FALSE(LineParser::is_row(line));
  EXPECT_TRUE(LineParser::is_row("m x=1 1"));
  Row row;
  std::string diagnostic;
  EXPECT_EQ(parser.parse("# a comment", row, diagnostic), Parsed::nothing);
}

TEST_F(LineProtocol, EachMistakeHasItsSentence) {
  EXPECT_EQ(diagnostic_of(",host=a x=1 1"), "expected a measurement, got ',host=a x=1 1'");
  EXPECT_EQ(diagnostic_of("m"), "expected a blank and fields after the measurement, got the end of the line");
  EXPECT_EQ(diagnostic_of("m,host x=1 1"), "expected a tag as key=value, got 'host x=1 1'");
  EXPECT_EQ(diagnostic_of("m,host= x=1 1"), "expected a tag as key=value, got 'host= x=1 1'");
  EXPECT_EQ(diagnostic_of("m,host=a=b x=1 1"), "expected a tag as key=value, got 'host=a=b x=1 1'");
  EXPECT_EQ(diagnostic_of("m,host=a,host=b x=1 1"), "expected each tag once, got 'host' again");
  EXPECT_EQ(diagnostic_of("m x 1"), "expected a field as key=value, got 'x 1'");
  EXPECT_EQ(diagnostic_of("m x=,y=1 1"), "expected a number, a boolean or a text in quotes, got ',y=1 1'");
  EXPECT_EQ(diagnostic_of("m x=1e999 1"), "expected a number, a boolean or a text in quotes, got '1e999'");
  EXPECT_EQ(diagnostic_of("m x=1,y=2 99999999999999999999"),
            "expected a timestamp that fits 64 bits of nanoseconds, got 99999999999999999999 (is --precision "
            "right?)");
  EXPECT_EQ(diagnostic_of("m x=abc 1"), "expected a number, a boolean or a text in quotes, got 'abc'");
  EXPECT_EQ(diagnostic_of("m x=nan 1"), "expected a number, a boolean or a text in quotes, got 'nan'");
  EXPECT_EQ(diagnostic_of("m x=\"open 1"), "expected a closing quote, got the end of the line");
  EXPECT_EQ(diagnostic_of("m x=1"), "expected a timestamp, got the end of the line");
  EXPECT_EQ(diagnostic_of("m x=1 soon"), "expected a timestamp, got 'soon'");
  EXPECT_EQ(
      diagnostic_of("m x=1 99999999999999"),
      "expected a timestamp that fits 64 bits of nanoseconds, got 99999999999999 (is --precision right?)");
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ',' || c == '=' || c == ' ') out += '\\';
    out += c;
  }
  return out;
}

TEST_F(LineProtocol, EveryNumberIsNamedInTheOrderOfTheLine) {
  LineParser every(LineParser::EveryNumber{}, Precision::s);
  Line line;
  ASSERT_EQ(every.parse("m b=1i,s=\"t\",a=2.5,ok=t,b=3 1", line.row, line.diagnostic), Parsed::row);
  EXPECT_EQ(line.row.names, (std::vector<std::string_view>{"b", "a"}));
  EXPECT_EQ(line.row.values, (std::vector<double>{3, 2.5}));
  EXPECT_TRUE(line.row.no_numbers.empty());
  ASSERT_EQ(every.parse("m x=1 2", line.row, line.diagnostic), Parsed::row);
  EXPECT_EQ(line.row.names, (std::vector<std::string_view>{"x"}));
}

TEST_F(LineProtocol, WhereTheFieldsEndIsKnown) {
  const std::string text = "  m,t=a x=1,s=\"b c\"   7";
  EXPECT_EQ(parse(text).row.fields_end, text.size() - 4);
}

TEST_F(LineProtocol, WithATimeOfArrivalALineNeedsNone) {
  parser.set_times(Precision::m, 77);
  EXPECT_EQ(parse("m x=1").row.time, 77);
  EXPECT_EQ(parse("m x=1 2").row.time, 120'000'000'000);
  EXPECT_NE(diagnostic_of("m x=1 soon"), "");
}

TEST_F(LineProtocol, ASeriesHasALimit) {
  std::string many = "m";
  for (int i = 0; i < 20'000; ++i) many += ",t" + std::to_string(i) + "=a";
  EXPECT_NE(diagnostic_of(many + " x=1 1").find("at most 65535 bytes"), std::string::npos);
}

RC_GTEST_PROP(LineProtocolProperty, WhatIsWrittenIsRead, ()) {
  const auto word = rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::element('a', 'b', ',', '=', ' ', '"', '\xc3')));
  const std::string name = *word;
  const std::string key = *word;
  const std::string value = *word;
  RC_PRE(name.front() != ' ' && value.back() != ' ');
  const double x =
      *rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double v) { return std::isfinite(v); });
  const auto time = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
  LineParser parser({"x"}, Precision::ms);
  Row row;
  std::string diagnostic;
  std::array<char, 64> number{};
  std::snprintf(number.data(), number.size(), "%.17g", x);
  const std::string line = escaped(name) + "," + escaped(key) + "=" + escaped(value) + " x=" + number.data() +
                           " " + std::to_string(time);
  RC_ASSERT(parser.parse(line, row, diagnostic) == Parsed::row);
  RC_ASSERT(row.name == name);
  RC_ASSERT(row.tags.size() == 1u);
  RC_ASSERT(row.tags[0].first == key && row.tags[0].second == value);
  RC_ASSERT(row.values[0] == x);
  RC_ASSERT(row.time == time * 1'000'000);
}

RC_GTEST_PROP(LineProtocolProperty, NoLineIsACrash, (const std::string& line)) {
  LineParser parser({"x"}, Precision::ns);
  Row row;
  std::string diagnostic;
  const Parsed parsed = parser.parse(line, row, diagnostic);
  if (parsed != Parsed::row && parsed != Parsed::nothing) RC_ASSERT(!diagnostic.empty());
}

}  // namespace
}  // namespace oddity::formats
