// What LineParser reads of a line does not depend on the lines before it, although those decide by which way it is read.
#include "line_protocol/usual_line.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "line_protocol/line_protocol.hpp"

namespace oddity::formats {
namespace {

const std::vector<std::string> chosen{"x", "hot end"};

/// Everything that a line is read to, but for the number of its series.
std::string read_by(LineParser& parser, const std::string& line, std::uint32_t* series = nullptr) {
  Row row;
  std::string diagnostic;
  const Parsed parsed = parser.parse(line, row, diagnostic);
  std::string text = std::to_string(static_cast<int>(parsed));
  if (parsed != Parsed::row) return text + (parsed == Parsed::nothing ? "" : diagnostic);
  text += std::string(row.name) + '\n';
  for (const auto& [key, value] : row.tags) text += std::string(key) + '\n' + std::string(value) + '\n';
  text += std::to_string(row.time) + ' ' + std::to_string(row.fields_end);
  for (const double value : row.values)
    text += ' ' + (std::isnan(value) ? "missing" : std::to_string(std::bit_cast<std::uint64_t>(value)));
  for (const NoNumber& other : row.no_numbers)
    text += ' ' + std::to_string(other.field) + std::string(other.text);
  if (series != nullptr) *series = row.known == nullptr ? 0 : row.known->number;
  return text;
}

std::string read_alone(const std::string& line, Precision precision) {
  LineParser parser(chosen, precision);
  return read_by(parser, line);
}

rc::Gen<std::string> one_of(std::vector<std::string> texts) { return rc::gen::elementOf(texts); }

/// Lines of a few series and fields, so that most are usual ones, with what is unusual here and there.
rc::Gen<std::string> lines() {
  const auto name = one_of({"cpu", "cpu", "mem", "m\\ m", "#c", "c\"d", "", " cpu", "cpu\\"});
  const auto tags = one_of({"", ",host=a", ",host=a", ",host=b", ",host=a,rack=r1", ",h\\ ost=a",
                            ",host=", ",host=a,host=b", ",host=a\\"});
  const auto blank = one_of({" ", " ", " ", " ", "  ", "\t", " \t", "", "\\ "});
  const auto key =
      one_of({"x", "x", "y", "yy", "hot\\ end", "hot end", "\tx", "\"x\"", "", "usage_idle", "x\\="});
  const auto value = one_of({"1.5",
                             "-2",
                             "0",
                             "-0",
                             "-0.0",
                             "3i",
                             "-0i",
                             "4u",
                             "-4u",
                             "3.5i",
                             "12345678901234567",
                             "1e3",
                             "+.5",
                             ".5",
                             "5.",
                             "t",
                             "\"a b\"",
                             "\"a",
                             "",
                             "nan",
                             "1.5\t",
                             "0.1",
                             "100.123456789012",
                             "99999999999999999999i"});
  const auto field = rc::gen::map(rc::gen::pair(key, value),
                                  [](const auto& pair) { return pair.first + "=" + pair.second; });
  const auto fields = rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(field)),
                                   [](const auto& all) {
                                     std::string text;
                                     for (const std::string& one : all)
                                       text += (text.empty() ? "" : ",") + one;
                                     return text;
                                   });
  const auto time = one_of({"1", "1451606400000000000", "9223372036854775807", "9223372036854775808", "-5",
                            "+5", "", "1 ", "1\r", "1\r\r", "x", "1.0", "00000000000000000000001"});
  return rc::gen::map(rc::gen::tuple(name, tags, blank, fields, blank, time), [](const auto& parts) {
    return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts) + std::get<3>(parts) +
           std::get<4>(parts) + std::get<5>(parts);
  });
}

RC_GTEST_PROP(UsualLine, IsReadAsItIsReadAlone, ()) {
  const auto all = *rc::gen::container<std::vector<std::string>>(lines());
  const auto precision = *rc::gen::element(Precision::ns, Precision::s);
  LineParser parser(chosen, precision);
  for (int round = 0; round < 2; ++round) {
    for (const std::string& line : all) RC_ASSERT(read_by(parser, line) == read_alone(line, precision));
  }
}

RC_GTEST_PROP(UsualLine, WithAByteChangedIsReadAsItIsReadAlone, ()) {
  const std::string usual = "cpu,host=a,rack=r1 x=1.5,usage_idle=83.2,n=4i 1451606400000000000";
  LineParser parser(chosen, Precision::ns);
  read_by(parser, usual);
  read_by(parser, usual);
  std::string line = usual;
  const auto changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, line.size());
    const auto byte =
        *rc::gen::oneOf(rc::gen::element(' ', ',', '=', '\\', '"', '.', '-', 'i', 'u', '\r', '\t', '#', '0'),
                        rc::gen::arbitrary<char>());
    line[at] = byte;
  }
  line.resize(*rc::gen::oneOf(rc::gen::just(line.size()), rc::gen::inRange<std::size_t>(0, line.size() + 1)));
  RC_ASSERT(read_by(parser, line) == read_alone(line, Precision::ns));
  RC_ASSERT(read_by(parser, usual) == read_alone(usual, Precision::ns));
}

TEST(UsualLine, ATabBeforeTheFieldsIsABlank) {
  LineParser parser(chosen, Precision::ns);
  for (const char* line : {"cpu,host=a x=1 1", "cpu,host=a x=1,\tx=2 2", "cpu,host=a \tx=3 3"})
    EXPECT_EQ(read_by(parser, line), read_alone(line, Precision::ns)) << line;
}

TEST(UsualLine, TellsSeriesByANumberFromTheSecondLineOn) {
  LineParser parser(chosen, Precision::ns);
  std::uint32_t series = 0;
  const auto number = [&](const std::string& line) {
    read_by(parser, line, &series);
    return series;
  };
  EXPECT_EQ(number("cpu,host=a x=1 1"), 0u) << "read letter by letter";
  EXPECT_EQ(number("cpu,host=b x=1 1"), 0u);
  const std::uint32_t a = number("cpu,host=a x=2 2");
  const std::uint32_t b = number("cpu,host=b x=2 2");
  EXPECT_NE(a, 0u);
  EXPECT_NE(b, 0u);
  EXPECT_NE(a, b);
  EXPECT_EQ(number("cpu,host=b x=3,y=4 3"), b) << "whatever came before, and whatever fields it has";
  EXPECT_EQ(number("cpu,host=a y=4 3"), a);
  EXPECT_EQ(number("cpu,host=a x=t 3"), 0u);
}

TEST(UsualLine, NamesOfOtherFieldsAreNotedByBothWays) {
  LineParser parser(chosen, Precision::ns);
  for (int i = 0; i < 3; ++i) read_by(parser, "cpu one=1,two=2,x=1e5,three=3 1");
  EXPECT_EQ(parser.other_fields(), (std::vector<std::string>{"one", "two", "three"}));
}

TEST(UsualLine, MoreSeriesThanAreKnownAreReadAsWell) {
  LineParser parser(chosen, Precision::ns);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 70'000; ++i) {
      const std::string line = "cpu,host=" + std::to_string(i) + " x=" + std::to_string(i) + " 1";
      Row row;
      std::string diagnostic;
      ASSERT_EQ(parser.parse(line, row, diagnostic), Parsed::row);
      ASSERT_EQ(row.tags.at(0).second, std::to_string(i));
      ASSERT_EQ(row.values[0], i);
    }
  }
}

}  // namespace
}  // namespace oddity::formats
