#include "csv/csv_record.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace oddity::formats {
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

TEST(ACsvRecord, IsSplitAtAnotherSeparatorToo) {
  CsvRecord record(';');
  EXPECT_EQ(record.split("a,b;\"c;d\";"), Parsed::row);
  EXPECT_EQ(fields_of(record), (Fields{"a,b", "c;d", ""}));
}

TEST(ACsvRecord, TheLikelySeparatorStandsMostOftenOutsideOfQuotes) {
  EXPECT_EQ(likely_separator("time,x"), ',');
  EXPECT_EQ(likely_separator("time;x, y;z"), ';');
  EXPECT_EQ(likely_separator("time\tx"), '\t');
  EXPECT_EQ(likely_separator("time|x|y"), '|');
  EXPECT_EQ(likely_separator("\"a;b;c\",d"), ',');
  EXPECT_EQ(likely_separator("time"), ',');
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

}  // namespace
}  // namespace oddity::formats
