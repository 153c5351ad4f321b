#include "csv/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

using Fields = std::vector<std::string>;

Fields fields_of(const CsvRecord& record) {
  Fields fields;
  for (std::size_t i = 0; i < record.size(); ++i) fields.emplace_back(record[i]);
  return fields;
}

Fields split(std::string_view text) {
  CsvRecord record;
  EXPECT_EQ(record.split(text), Parsed::row) << text;
  return fields_of(record);
}

TEST(ACsvRecord, IsSplitAtCommas) {
  EXPECT_EQ(split("a,b,,d"), (Fields{"a", "b", "", "d"}));
  EXPECT_EQ(split(""), (Fields{""}));
  EXPECT_EQ(split(","), (Fields{"", ""}));
  EXPECT_EQ(split("a,\r"), (Fields{"a", ""})) << "CR LF ends a record";
}

TEST(ACsvRecord, MayQuoteItsFields) {
  EXPECT_EQ(split(R"("a,b","say ""hi""",c)"), (Fields{"a,b", "say \"hi\"", "c"}));
  EXPECT_EQ(split("\"\",\"\"\"\"\r"), (Fields{"", "\""}));
}

TEST(ACsvRecord, TakesAQuoteInsideAnUnquotedFieldAsALetter) {
  EXPECT_EQ(split("5\" pipe,1"), (Fields{"5\" pipe", "1"}));
}

TEST(ACsvRecord, GoesOnInTheNextLineWhileAQuoteIsOpen) {
  CsvRecord record;
  EXPECT_EQ(record.split("1,\"two"), Parsed::open);
  EXPECT_EQ(record.extend("1,\"two\nlines\"\",\""), Parsed::row);
  EXPECT_EQ(fields_of(record), (Fields{"1", "two\nlines\","}));
}

TEST(ACsvRecord, HasNothingBehindAClosingQuote) {
  CsvRecord record;
  EXPECT_EQ(record.split("\"a\"b,c"), Parsed::unreadable);
  EXPECT_EQ(record.split("a,b"), Parsed::row) << "and the next record is its own";
  EXPECT_EQ(fields_of(record), (Fields{"a", "b"}));
}

/// Any texts, quoted where they must be and where `quote` says so.
std::string written(const Fields& texts, const std::vector<bool>& quote) {
  std::string record;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i != 0) record += ',';
    const bool quoted = quote[i % quote.size()] || texts[i].find_first_of(",\"\n\r") != std::string::npos;
    if (!quoted) {
      record += texts[i];
      continue;
    }
    record += '"';
    for (const char c : texts[i]) record += c == '"' ? std::string("\"\"") : std::string(1, c);
    record += '"';
  }
  return record;
}

RC_GTEST_PROP(ACsvRecordProperty, WhatIsWrittenIsReadLineByLine, ()) {
  const auto text = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' '));
  const Fields texts = *rc::gen::nonEmpty(rc::gen::container<Fields>(text));
  const std::string whole = written(texts, *rc::gen::nonEmpty<std::vector<bool>>());
  CsvRecord record;
  std::size_t end = std::min(whole.find('\n'), whole.size());
  Parsed parsed = record.split(std::string_view(whole).substr(0, end));
  while (end < whole.size()) {
    RC_ASSERT(parsed == Parsed::open);
    end = std::min(whole.find('\n', end + 1), whole.size());
    parsed = record.extend(std::string_view(whole).substr(0, end));
  }
  RC_ASSERT(parsed == Parsed::row);
  RC_ASSERT(fields_of(record) == texts);
}

class Csv : public testing::Test {
 protected:
  /// Quotes every field: what is between commas here is the text.
  const CsvRecord& record(const Fields& fields) {
    text_ = written(fields, {true});
    EXPECT_EQ(record_.split(text_), Parsed::row);
    return record_;
  }
  void header(const Fields& names) { parser.header(record(names), "rows.csv:1"); }
  bool parse(const Fields& fields) { return parser.parse(record(fields), row, complaint); }

  CsvParser parser{{"x"}, {"", {"host"}}, Precision::ms};
  Row row;
  std::string complaint;

 private:
  std::string text_;
  CsvRecord record_;
};

TEST_F(Csv, ColumnsAreFoundByName) {
  header({"host", "x", "time"});
  ASSERT_TRUE(parse({"a", "1.5", "7"})) << complaint;
  EXPECT_EQ(row.time, 7'000'000);
  EXPECT_EQ(row.values, std::vector<double>{1.5});
  EXPECT_EQ(row.tags[0].second, "a");
}

TEST_F(Csv, TimesMayBeTexts) {
  header({"timestamp", "x", "host"});
  ASSERT_TRUE(parse({"2014-02-14 14:30:00", "1", "a"})) << complaint;
  EXPECT_EQ(row.time, 1'392'388'200'000'000'000);
}

TEST_F(Csv, BlanksAroundNamesTimesAndNumbersDoNotCount) {
  header({" time", "x ", "host"});
  ASSERT_TRUE(parse({" 7 ", "\t-2e3 ", " a "})) << complaint;
  EXPECT_EQ(row.time, 7'000'000);
  EXPECT_EQ(row.values, std::vector<double>{-2000});
  EXPECT_EQ(row.tags[0].second, " a ") << "a tag is a text";
}

TEST_F(Csv, AnEmptyTagIsNone) {
  header({"time", "x", "host"});
  ASSERT_TRUE(parse({"7", "1", ""})) << complaint;
  EXPECT_TRUE(row.tags.empty());
}

TEST_F(Csv, ATimeThatDoesNotFitIsUnreadable) {
  header({"time", "x", "host"});
  for (const char* time : {"9223372036854775", "99999999999999999999999", "-9223372036855"}) {
    EXPECT_FALSE(parse({time, "1", "a"})) << time;
    EXPECT_EQ(complaint, std::string("expected a time that fits 64 bits of nanoseconds, got ") + time +
                             " (is --precision right?)");
  }
  EXPECT_TRUE(parse({"-9223372036854", "1", "a"})) << complaint;
}

TEST_F(Csv, WhatIsNoNumberIsMissing) {
  header({"time", "x", "host"});
  for (const char* text : {"", "warm", "nan", "1,5"}) {
    ASSERT_TRUE(parse({"1", text, "a"}));
    EXPECT_TRUE(std::isnan(row.values[0])) << text;
  }
}

TEST_F(Csv, MistakesAreNamed) {
  try {
    header({"when", "X"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.complaints().size(), 3u) << error.what();
    EXPECT_NE(std::string(error.what()).find("--time-column"), std::string::npos);
  }
  header({"time", "x", "host"});
  EXPECT_FALSE(parse({"1", "2"}));
  EXPECT_EQ(complaint, "expected 3 columns, got 2");
  EXPECT_FALSE(parse({"yesterday", "2", "a"}));
  EXPECT_EQ(complaint, "expected a time (a whole number or 2016-01-01T00:00:00Z), got 'yesterday'");
}

}  // namespace
}  // namespace oddity::replay
