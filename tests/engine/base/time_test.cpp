#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace oddity {
namespace {

TEST(Time, IsWrittenWithAFractionOnlyWhenThereIsOne) {
  EXPECT_EQ(format_time(1'451'610'300'000'000'000), "2016-01-01T01:05:00Z");
  EXPECT_EQ(format_time(1'451'610'300'500'000'000), "2016-01-01T01:05:00.500Z");
  EXPECT_EQ(format_time(1'451'610'300'000'000'001), "2016-01-01T01:05:00.000000001Z");
  EXPECT_EQ(format_time(-1), "1969-12-31T23:59:59.999999999Z");
}

TEST(Time, IsReadInItsUsualForms) {
  EXPECT_EQ(parse_time("2016-01-01T01:05:00Z"), 1'451'610'300'000'000'000);
  EXPECT_EQ(parse_time("2016-01-01 01:05:00"), 1'451'610'300'000'000'000);
  EXPECT_EQ(parse_time("2016-01-01T02:05:00.5+01:00"), 1'451'610'300'500'000'000);
}

TEST(Time, IsReadAsPeopleAndProgramsWriteIt) {
  constexpr std::int64_t at = 1'451'610'300'000'000'000;
  for (const char* text :
       {"2016-01-01T01:05Z", "2016-01-01 01:05", "2016-01-01T02:05+01", "2016-01-01T02:05:00+0100",
        "2016-01-01 02:05:00 +01:00", "2015-12-31T20:05:00-0500", "2016-01-01 01:05:00 UTC",
        "2016-01-01T01:05:00 GMT", "2016/01/01 01:05:00", "01.01.2016 01:05", "2016-01-01 01:05:00,000"}) {
    EXPECT_EQ(parse_time(text), at) << text;
  }
  EXPECT_EQ(parse_time("2016-01-01"), 1'451'606'400'000'000'000);
  EXPECT_EQ(parse_time("31.12.2015"), 1'451'520'000'000'000'000);
}

TEST(Time, AClockWithoutAZoneHasNone) {
  EXPECT_FALSE(parse_clock("2016-01-01 01:05:00")->offset);
  EXPECT_EQ(parse_clock("2016-01-01 01:05:00 UTC")->offset, 0);
  EXPECT_EQ(parse_clock("2016-01-01 01:05:00 -03:30")->offset, -12'600);
  EXPECT_EQ(parse_clock("1970-01-01 00:00:01.5")->seconds, 1);
}

TEST(Time, WhatIsNoneIsRefused) {
  for (const char* text :
       {"", "2016-13-01T00:00:00Z", "2016-02-30T00:00:00Z", "2016-01-01T25:00:00Z", "2016-01-01T00:00:00.Z",
        "9999-01-01T00:00:00Z", "2016-01-01T00:00:00Zx", "2016-01-01T", "2016-01", "2016-01/01",
        "2016-01-01T00", "2016-01-01T00:00 ", "2016-01-01T00:00 CET", "2016-01-01T00:00+1",
        "2016-01-01T00:00+01:", "2016-01-01T00:00+24:00", "2016-01-01T00:00:60Z", "32.01.2016", "1.1.2016"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

/// Found by fuzzing: the first day that 64 bits hold begins before them.
TEST(Time, ReachesToBothEndsOfWhat64BitsHold) {
  constexpr auto min = std::numeric_limits<std::int64_t>::min();
  constexpr auto max = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(format_time(min), "1677-09-21T00:12:43.145224192Z");
  EXPECT_EQ(format_time(max), "2262-04-11T23:47:16.854775807Z");
  for (const std::int64_t time : {min, min + 1, max - 1, max}) EXPECT_EQ(parse_time(format_time(time)), time);
  EXPECT_EQ(parse_time("1677-09-21T00:12:43.145224191Z"), std::nullopt);
  EXPECT_EQ(parse_time("2262-04-11T23:47:16.854775808Z"), std::nullopt);
}

/// Seen when the fuzzer was written: -0 was an hour.
TEST(Time, ItsNumbersHaveNoSign) {
  for (const char* text : {"2016-01-01T-0:00:00Z", "2016-01-01T00:-0:00Z", "2016-01-01T00:00:-0Z",
                           "-016-01-01T00:00:00Z", "2016-01-01T00:00:00+-0:00"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Time, WhatIsWrittenIsRead, (std::int64_t nanoseconds)) {
  RC_ASSERT(parse_time(format_time(nanoseconds)) == nanoseconds);
}
RC_GTEST_PROP(Time, NoTextIsACrash, (const std::string& text)) { parse_time(text); }

}  // namespace
}  // namespace oddity
