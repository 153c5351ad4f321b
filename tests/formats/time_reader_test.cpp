#include "row/time_reader.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/time.hpp"

namespace oddity::formats {
namespace {

std::int64_t read(TimeReader& times, std::string_view text) {
  std::int64_t time = 0;
  std::string diagnostic;
  EXPECT_TRUE(times.read(text, time, diagnostic)) << text << ": " << diagnostic;
  return time;
}

std::string diagnostic_of(TimeReader& times, std::string_view text) {
  std::int64_t time = 0;
  std::string diagnostic;
  EXPECT_FALSE(times.read(text, time, diagnostic)) << text;
  return diagnostic;
}

TEST(ATimeOfAFile, IsANumberOfThePrecision) {
  TimeReader times(Precision::ms, "");
  EXPECT_EQ(read(times, "7"), 7'000'000);
  EXPECT_EQ(read(times, "-7"), -7'000'000);
}

TEST(ATimeOfAFile, HasAFractionWithoutRounding) {
  TimeReader times(Precision::s, "");
  EXPECT_EQ(read(times, "1700000000.123456789"), 1'700'000'000'123'456'789);
  EXPECT_EQ(read(times, "1700000000,5"), 1'700'000'000'500'000'000);
  EXPECT_EQ(read(times, "-0.5"), -500'000'000);
  EXPECT_EQ(read(times, ".5"), 500'000'000);
  EXPECT_EQ(read(times, "1.7e9"), 1'700'000'000'000'000'000);
}

TEST(ATimeOfAFile, FitsItsBits) {
  TimeReader times(Precision::ms, "");
  for (const char* text : {"9223372036854775", "99999999999999999999999", "-9223372036855", "1e300"}) {
    EXPECT_EQ(diagnostic_of(times, text),
              std::string("expected a time that fits 64 bits of nanoseconds, got ") + text +
                  " (is --precision right?)");
  }
  TimeReader seconds(Precision::s, "");
  EXPECT_EQ(
      diagnostic_of(seconds, "1709275260000"),
      "expected a time that fits 64 bits of nanoseconds, got 1709275260000 (is --precision right? ms would "
      "make it 2024-03-01T06:41:00Z)");
  EXPECT_EQ(read(times, "-9223372036854"), -9'223'372'036'854'000'000);
  EXPECT_EQ(diagnostic_of(times, "9999-01-01"), "expected a time from 1677 to 2262, got '9999-01-01'");
}

TEST(ATimeOfAFile, IsACalendarsAndAClocks) {
  TimeReader times(Precision::s, "");
  for (const char* text :
       {"2016-01-01T01:05:00Z", "2016-01-01 01:05", "01.01.2016 01:05", "2016-01-01 02:05+01"})
    EXPECT_EQ(read(times, text), 1'451'610'300'000'000'000) << text;
  for (const char* text : {"", "yesterday", "12:00", "1/2/2016", "--5", "+", "5 s"})
    diagnostic_of(times, text);
}

TEST(ATimeOfAFile, MayHaveTheNameOfItsZoneBesideTheOffset) {
  TimeReader times(Precision::s, "");
  for (const char* text : {"2016-01-01 02:05:00 +0100 CET", "2016-01-01 01:05:00 +0000 UTC"})
    EXPECT_EQ(read(times, text), 1'451'610'300'000'000'000) << text;
  for (const char* text :
       {"2016-01-01 02:05:00 CET", "2016-01-01 02:05:00 +0100 PM", "2016-01-01 02:05:00 +0100 "})
    diagnostic_of(times, text);
}

TEST(ATimeOfAFile, ThatCannotBeReadIsToldTheFormsThatCanAndWhatIsWrongWithIt) {
  TimeReader times(Precision::s, "");
  const auto said = [&](const std::string& text, const std::string& why) {
    EXPECT_EQ(diagnostic_of(times, text),
              "expected a time, as 1454202300, 2016-01-31T01:05:00Z, 2016-01-31 01:05:00 or 31.01.2016 "
              "01:05, got '" +
                  text + "'" + why);
  };
  for (const char* text : {"03/01/2024", "3/1/2024 10:00", "03-01-2024", "3/1/24"})
    said(text, " (is the day or the month first? Begin with the year)");
  for (const char* text : {"01.03.24", "1.3.24 10:00"}) said(text, " (its year needs four digits)");
  said("2024-03-01 10:00:00 CET",
       " (zones are written Z, UTC, GMT or +01:00; without 'CET' it is of UTC, or of --timezone)");
  said("2024-03-01 12:00:00 AM", " (its hour has to be one of 24)");
  said("Fri, 01 Mar 2024 10:00:00 GMT", " (its month has to be a number, and its year to come first)");
  for (const char* text : {"yesterday", "12:00", "2024-13-01", "5 s"}) said(text, "");
}

TEST(ATimeOfAFile, ThatAFormatWouldReadIsToldWhichForTheFirstFew) {
  TimeReader times(Precision::s, "");
  times.offer_formats();
  const auto why = [&](const char* text) {
    const std::string said = diagnostic_of(times, text);
    return said.substr(said.rfind('('));
  };
  EXPECT_EQ(why("03/04/2024"),
            "(is the day or the month first? --time-format '%d/%m/%Y' or '%m/%d/%Y' reads it)");
  EXPECT_EQ(why("2024-03-01 11:00 PM"), "(--time-format '%Y-%m-%d %I:%M %p' reads it)");
  EXPECT_EQ(why("20240304230000"), "(--time-format '%Y%m%d%H%M%S' reads it)");
  for (int i = 0; i < 2; ++i) why("04.03.24");
  EXPECT_EQ(why("04.03.24"), "(its year needs four digits)") << "what is not printed is not looked for";
}

TEST(ATimeOfAFile, IsOfTheFormThatIsGivenAndNoNumber) {
  TimeReader times(Precision::s, "Europe/Paris", "%Y%m%d%H%M");
  EXPECT_EQ(read(times, "202407151200"), read(times, "202407151200"));
  EXPECT_EQ(format_time(read(times, "202407151200")), "2024-07-15T10:00:00Z");
  EXPECT_EQ(times.clocks(), 3u);
  EXPECT_EQ(diagnostic_of(times, "2024-07-15 12:00"),
            "expected a time as '%Y%m%d%H%M', as 201611281345 (--time-format), got '2024-07-15 12:00'");
  TimeReader offsets(Precision::s, "Europe/Paris", "%Y%m%d%H%M%z");
  EXPECT_EQ(format_time(read(offsets, "202407151200+0000")), "2024-07-15T12:00:00Z");
}

TEST(ATimeOfAFile, IsInTheZoneThatIsGivenUnlessItHasOne) {
  TimeReader times(Precision::s, "Europe/Paris");
  EXPECT_EQ(read(times, "2024-01-15 12:00"), read(times, "2024-01-15 11:00Z"));
  EXPECT_EQ(read(times, "2024-07-15 12:00"), read(times, "2024-07-15 10:00Z"));
  EXPECT_EQ(read(times, "7"), 7'000'000'000) << "a number is one since 1970 UTC";
}

/// Minutes of 2023-10-29 by the clock, as minutes of UTC.
std::vector<int> utc_minutes(const std::vector<const char*>& clocks) {
  TimeReader times(Precision::s, "Europe/Paris");
  const std::int64_t midnight = read(times, "2023-10-29T00:00Z");
  std::vector<int> minutes;
  for (const char* clock : clocks) {
    minutes.push_back(
        static_cast<int>((read(times, std::string("2023-10-29 ") + clock) - midnight) / 60'000'000'000));
  }
  return minutes;
}

// At 03:00 (01:00 UTC) the clocks go back to 02:00.
TEST(TheHourThatComesTwice, IsTheFirstUntilTimesGoBack) {
  EXPECT_EQ(utc_minutes({"01:50", "02:00", "02:30", "02:50", "02:00", "02:10", "02:50", "03:00"}),
            (std::vector<int>{-10, 0, 30, 50, 60, 70, 110, 120}));
}

TEST(TheHourThatComesTwice, IsTheSecondUntilTimesGoForwardInAFileOfNewestFirst) {
  EXPECT_EQ(utc_minutes({"03:10", "02:50", "02:10", "02:50", "02:10", "01:50"}),
            (std::vector<int>{130, 110, 70, 50, 10, -10}));
}

TEST(TheHourThatComesTwice, BeginsAnewWithTheNextSeries) {
  EXPECT_EQ(utc_minutes({"01:50", "02:50", "02:10", "03:10", "01:50", "02:50", "02:10"}),
            (std::vector<int>{-10, 50, 70, 130, -10, 50, 70}));
}

TEST(TheHourThatComesTwice, RowsThatAreALittleLateAreNoSecondHour) {
  EXPECT_EQ(utc_minutes({"01:59", "02:20", "02:19", "02:21"}), (std::vector<int>{-1, 20, 19, 21}));
}

TEST(TheHourThatComesTwice, OfTimesAnHourApartIsTheSecondWhenItsTimeComesAgain) {
  EXPECT_EQ(utc_minutes({"00:00", "01:00", "02:00", "02:00", "03:00"}),
            (std::vector<int>{-120, -60, 0, 60, 120}));
  EXPECT_EQ(utc_minutes({"00:30", "02:30", "02:30", "04:30"}), (std::vector<int>{-90, 30, 90, 210}));
  EXPECT_EQ(utc_minutes({"04:00", "03:00", "02:00", "02:00", "01:00"}),
            (std::vector<int>{180, 120, 60, 0, -60}));
}

TEST(TheHourThatComesTwice, OfTimesAnHourApartMayBeOfSeveralSeries) {
  EXPECT_EQ(utc_minutes({"01:00", "01:00", "02:00", "02:00", "02:00", "02:00", "03:00", "03:00"}),
            (std::vector<int>{-60, -60, 0, 0, 60, 60, 120, 120}));
  EXPECT_EQ(utc_minutes({"03:00", "03:00", "02:00", "02:00", "02:00", "02:00", "01:00", "01:00"}),
            (std::vector<int>{120, 120, 60, 60, 0, 0, -60, -60}));
  EXPECT_EQ(utc_minutes({"01:00", "01:00", "02:00", "02:00", "03:00", "03:00"}),
            (std::vector<int>{-60, -60, 0, 0, 120, 120}))
      << "a clock that wrote it once";
  EXPECT_EQ(utc_minutes({"01:00", "02:00", "02:00", "03:00", "01:00", "02:00", "02:00", "03:00"}),
            (std::vector<int>{-60, 0, 60, 120, -60, 0, 60, 120}))
      << "one after the other";
}

TEST(TheHourThatComesTwice, RowsThatComeTwiceAreNoSecondHour) {
  EXPECT_EQ(utc_minutes({"01:50", "02:00", "02:00", "02:10", "02:20", "02:50", "02:00", "02:10"}),
            (std::vector<int>{-10, 0, 0, 10, 20, 50, 60, 70}));
  EXPECT_EQ(utc_minutes({"00:10", "00:20", "02:10", "02:10", "02:20"}),
            (std::vector<int>{-110, -100, 10, 10, 20}))
      << "behind a gap";
}

TEST(TheHourThatComesTwice, IsCounted) {
  TimeReader times(Precision::s, "Europe/Paris");
  for (const char* text : {"2023-10-29 01:59", "2023-10-29 02:00", "2023-10-29 02:59", "2023-10-29 03:00"})
    read(times, text);
  EXPECT_EQ(times.twice(), 2u);
  EXPECT_EQ(times.first_twice(), "2023-10-29 02:00");
}

TEST(TheHourThatIsLeftOut, HasNoTimes) {
  TimeReader times(Precision::s, "Europe/Paris");
  EXPECT_EQ(diagnostic_of(times, "2024-03-31 02:30"),
            "expected a time of Europe/Paris, got '2024-03-31 02:30', which its clocks leave out");
  EXPECT_EQ(read(times, "2024-03-31 01:59:59"), read(times, "2024-03-31 00:59:59Z"));
  EXPECT_EQ(read(times, "2024-03-31 03:00"), read(times, "2024-03-31 01:00Z"));
}

TEST(AZone, ThatIsNoneIsAnErrorWithASuggestion) {
  try {
    TimeReader times(Precision::s, "Europe/Pariss");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "option '--timezone': expected a zone of the tz database, such as Europe/Paris or UTC, got "
                 "'Europe/Pariss' (did you mean 'Europe/Paris'?)");
  }
}

}  // namespace
}  // namespace oddity::formats
