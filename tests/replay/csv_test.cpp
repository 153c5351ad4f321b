#include "replay/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

using Fields = std::vector<std::string>;

TEST(SplitCsv, PlainQuotedAndDoubled) {
  Fields fields;
  EXPECT_TRUE(split_csv("a,b,,d\r", fields));
  EXPECT_EQ(fields, (Fields{"a", "b", "", "d"}));
  EXPECT_TRUE(split_csv(R"("a,b","say ""hi""",c)", fields));
  EXPECT_EQ(fields, (Fields{"a,b", "say \"hi\"", "c"}));
  EXPECT_FALSE(split_csv("\"goes on", fields));
}

RC_GTEST_PROP(SplitCsv, WhatIsQuotedIsRead, (const std::vector<std::string>& texts)) {
  RC_PRE(!texts.empty());
  std::string record;
  for (const std::string& text : texts) {
    record += record.empty() ? "\"" : ",\"";
    for (const char c : text) record += c == '"' ? std::string("\"\"") : std::string(1, c);
    record += '"';
  }
  Fields fields;
  RC_ASSERT(split_csv(record, fields));
  RC_ASSERT(fields == texts);
}

class Csv : public testing::Test {
 protected:
  CsvParser parser{{"x"}, {"", {"host"}}, Precision::ms};
  Row row;
  std::string complaint;
};

TEST_F(Csv, ColumnsAreFoundByName) {
  parser.header({"host", "x", "time"}, "f:1");
  ASSERT_TRUE(parser.parse({"a", "1.5", "7"}, row, complaint)) << complaint;
  EXPECT_EQ(row.time, 7'000'000);
  EXPECT_EQ(row.values, std::vector<double>{1.5});
  EXPECT_EQ(row.tags[0].second, "a");
}

TEST_F(Csv, TimesMayBeTexts) {
  parser.header({"timestamp", "x", "host"}, "f:1");
  ASSERT_TRUE(parser.parse({"2014-02-14 14:30:00", "1", "a"}, row, complaint)) << complaint;
  EXPECT_EQ(row.time, 1'392'388'200'000'000'000);
}

TEST_F(Csv, WhatIsNoNumberIsMissing) {
  parser.header({"time", "x", "host"}, "f:1");
  for (const char* text : {"", "warm", "nan", "1,5"}) {
    ASSERT_TRUE(parser.parse({"1", text, "a"}, row, complaint));
    EXPECT_TRUE(std::isnan(row.values[0])) << text;
  }
}

TEST_F(Csv, MistakesAreNamed) {
  try {
    parser.header({"when", "X"}, "rows.csv:1");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.complaints().size(), 3u) << error.what();
    EXPECT_NE(std::string(error.what()).find("--time-column"), std::string::npos);
  }
  parser.header({"time", "x", "host"}, "f:1");
  EXPECT_FALSE(parser.parse({"1", "2"}, row, complaint));
  EXPECT_EQ(complaint, "expected 3 columns, got 2");
  EXPECT_FALSE(parser.parse({"yesterday", "2", "a"}, row, complaint));
  EXPECT_EQ(complaint, "expected a time (a whole number or 2016-01-01T00:00:00Z), got 'yesterday'");
}

}  // namespace
}  // namespace oddity::replay
