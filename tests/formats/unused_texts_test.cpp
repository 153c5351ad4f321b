#include "csv/unused_texts.hpp"

#include <gtest/gtest.h>

#include "csv/csv.hpp"

namespace oddity::formats {
namespace {

/// Reads a CSV for its field x and hands out the rows' codes.
std::vector<std::uint32_t> codes_of(UnusedTexts& texts, const std::vector<std::string>& lines,
                                    CsvChoice choice = {{"x"}, {}, {}}) {
  TimeReader times(Precision::s, "");
  CsvParser parser(
      std::move(choice), times, [] { return std::string("f.csv:1"); }, [](const std::string&) {});
  parser.watch(texts);
  std::vector<std::uint32_t> codes;
  Row row;
  std::string diagnostic;
  for (const std::string& line : lines) {
    if (parser.parse(line, row, diagnostic) == Parsed::row) codes.push_back(row.texts);
  }
  return codes;
}

std::vector<std::string> names_of(const UnusedTexts& texts) {
  std::vector<std::string> names;
  for (const UnusedTexts::Column& column : texts.columns()) names.push_back(column.name);
  return names;
}

TEST(UnusedTexts, AreThoseOfColumnsThatAreNeitherTimeNorFieldNorTagNorNumbers) {
  UnusedTexts texts;
  codes_of(texts, {"time,host,rack,load,x", "1,a,r,0.5,1", "1,b,r,0.7,1"}, {{"x"}, {"", {"rack"}, ""}, {}});
  ASSERT_EQ(names_of(texts), std::vector<std::string>{"host"});
  EXPECT_EQ(texts.columns()[0].texts, (std::vector<std::string>{"a", "b"}));
  UnusedTexts grouped;
  codes_of(grouped, {"time,host,x", "1,a,1"}, {{"x"}, {}, {"host"}});
  EXPECT_TRUE(grouped.columns().empty());
}

TEST(UnusedTexts, GiveRowsOfTheSameTextsTheSameCode) {
  UnusedTexts texts;
  const auto codes =
      codes_of(texts, {"time,host,x,room", "1,a,1,n", "1,b,1,n", "2,a,1,n", "2,b,1,s", "3,,1,"});
  ASSERT_EQ(codes.size(), 5u);
  EXPECT_EQ(codes[0], codes[2]);
  EXPECT_TRUE(UnusedTexts::differ(codes[0], codes[1], 0));
  EXPECT_FALSE(UnusedTexts::differ(codes[0], codes[1], 1));
  EXPECT_TRUE(UnusedTexts::differ(codes[1], codes[3], 1));
  EXPECT_EQ(codes[4], 0u);
}

TEST(UnusedTexts, OfAColumnAreTheSameInAnotherFileAndPlace) {
  UnusedTexts texts;
  const auto one = codes_of(texts, {"time,host,x", "1,a,1", "2,b,1"});
  const auto other = codes_of(texts, {"x,note,time,host", "1,,1,b"});
  EXPECT_EQ(one[1], other[0]);
}

TEST(UnusedTexts, OfWhichThereAreTooManyAreNotWatched) {
  UnusedTexts texts;
  std::vector<std::string> lines{"time,message,host,x"};
  for (std::size_t i = 0; i <= UnusedTexts::max_texts; ++i)
    lines.push_back("1,m" + std::to_string(i) + ",a,1");
  codes_of(texts, lines);
  EXPECT_EQ(names_of(texts), std::vector<std::string>{"host"});
}

TEST(UnusedTexts, AreOfFourColumnsAtMost) {
  UnusedTexts texts;
  codes_of(texts, {"time,a,b,c,d,e,x", "1,A,B,C,D,E,1"});
  EXPECT_EQ(names_of(texts), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(UnusedTexts, AreNotLookedForInInfluxDBsTables) {
  UnusedTexts texts;
  codes_of(texts, {"_time,_value,_field,host", "1,1,x,a"});
  EXPECT_TRUE(texts.columns().empty());
}

}  // namespace
}  // namespace oddity::formats
