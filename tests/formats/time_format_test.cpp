#include "row/time_format.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"

namespace oddity::formats {
namespace {

/// As RFC 3339 writes it; empty: it cannot be read.
std::string read(const std::string& format, std::string_view text) {
  const auto clock = TimeFormat(format).read(text);
  return clock ? format_time(clock->utc(clock->offset.value_or(0)).value()) : "";
}

std::string error_of(const std::string& format) {
  try {
    const TimeFormat made(format);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(ATimeFormat, SaysWhichNumberIsWhich) {
  EXPECT_EQ(read("%d/%m/%Y %H:%M:%S", "03/04/2024 23:05:09"), "2024-04-03T23:05:09Z");
  EXPECT_EQ(read("%m/%d/%Y %H:%M:%S", "03/04/2024 23:05:09"), "2024-03-04T23:05:09Z");
  EXPECT_EQ(read("%m/%d/%Y %H:%M", "3/4/2024 9:05"), "2024-03-04T09:05:00Z");
  EXPECT_EQ(read("%Y%m%d%H%M%S", "20240304230509"), "2024-03-04T23:05:09Z");
  EXPECT_EQ(read("%d.%m.%y", "04.03.24"), "2024-03-04T00:00:00Z");
}

TEST(ATimeFormat, HasHoursOfTwelve) {
  EXPECT_EQ(read("%m/%d/%Y %I:%M %p", "03/04/2024 11:05 PM"), "2024-03-04T23:05:00Z");
  EXPECT_EQ(read("%m/%d/%Y %I:%M %p", "03/04/2024 12:05 AM"), "2024-03-04T00:05:00Z");
  EXPECT_EQ(read("%m/%d/%Y %I:%M %p", "03/04/2024 13:05 PM"), "");
}

TEST(ATimeFormat, HasEnglishNames) {
  EXPECT_EQ(read("%a, %d %b %Y %H:%M:%S", "Mon, 04 Mar 2024 23:05:09"), "2024-03-04T23:05:09Z");
  EXPECT_EQ(read("%d-%b-%y", "4-march-24"), "2024-03-04T00:00:00Z");
  EXPECT_EQ(read("%d %b %Y", "04 Mai 2024"), "");
}

TEST(ATimeFormat, SecondsHaveAFraction) {
  EXPECT_EQ(read("%d/%m/%Y %H:%M:%S", "04/03/2024 23:05:09.123456789"), "2024-03-04T23:05:09.123456789Z");
  EXPECT_EQ(read("%d/%m/%Y %H:%M:%S.%f", "04/03/2024 23:05:09.25"), "2024-03-04T23:05:09.250Z")
      << "as Python";
  EXPECT_EQ(read("%d/%m/%Y %H:%M:%S.%f", "04/03/2024 23:05:09"), "2024-03-04T23:05:09Z");
  EXPECT_EQ(read("%m/%d/%Y %I:%M:%S %p", "03/04/2024 11:05:09,5 PM"), "2024-03-04T23:05:09.500Z");
  EXPECT_EQ(read("%T, %d %b %Y", "23:05:09.1234567891, 04 Mar 2024"), "2024-03-04T23:05:09.123456789Z");
  EXPECT_EQ(read("%S.%M.%H %d/%m/%Y", "09.05.23 04/03/2024"), "2024-03-04T23:05:09Z") << "no fraction";
  EXPECT_EQ(read("%d/%m/%Y %H:%M:%S", "04/03/2024 23:05:09."), "");
}

/// The name of a zone that is not known is not passed over.
TEST(ATimeFormat, ReadsOffsetsAndTheNamesOfUtc) {
  EXPECT_EQ(read("%d/%m/%Y %H:%M %z", "04/03/2024 23:05 +0130"), "2024-03-04T21:35:00Z");
  EXPECT_EQ(read("%d/%m/%Y %H:%M %z", "04/03/2024 23:05 -0130"), "2024-03-05T00:35:00Z");
  for (const char* zone : {"UTC", "GMT", "Z"})
    EXPECT_EQ(read("%d/%m/%Y %H:%M %Z", std::string("04/03/2024 23:05 ") + zone), "2024-03-04T23:05:00Z");
  EXPECT_EQ(read("%d/%m/%Y %H:%M %Z", "04/03/2024 23:05 CET"), "");
  EXPECT_EQ(read("%d/%m/%Y %H:%M %z", "04/03/2024 23:05 +2400"), "");
  EXPECT_EQ(TimeFormat("%d/%m/%Y").read("04/03/2024")->offset, std::nullopt);
}

TEST(ATimeFormat, ReadsNoOtherForm) {
  for (const char* text :
       {"", "2024-03-04", "04/03/2024 10", "04/03/2024x", "31/02/2024", "04/13/2024", "4/3/"})
    EXPECT_EQ(read("%d/%m/%Y", text), "") << text;
}

TEST(ATimeFormat, ShowsHowATimeIsWritten) {
  EXPECT_EQ(TimeFormat("%m/%d/%Y %I:%M %p").text(), "'%m/%d/%Y %I:%M %p', as 11/28/2016 01:45 PM");
}

TEST(ATimeFormat, ThatTellsNoDayIsNone) {
  for (const char* format : {"", "yyyy-mm-dd", "%H:%M:%S", "%d/%m", "%Y", "%"}) {
    EXPECT_EQ(error_of(format),
              std::string("option '--time-format': expected the signs of a year, a month and a day, such as "
                          "'%d/%m/%Y %H:%M:%S', got '") +
                  format + "'");
  }
  EXPECT_EQ(
      error_of("%d/%m/%Y %I:%M"),
      "option '--time-format': expected %p beside %I, such as '%m/%d/%Y %I:%M %p', got '%d/%m/%Y %I:%M'");
  EXPECT_EQ(error_of("%s"),
            "option '--time-format': expected no %s: numbers since 1970 are read without a format, by "
            "--precision, got '%s'");
  EXPECT_EQ(error_of("%j of %Y"), "") << "the day of the year";
}

TEST(LikelyTimeFormats, AreTwoWhereDayAndMonthMayBeEither) {
  using Formats = std::vector<std::string>;
  EXPECT_EQ(likely_time_formats("03/04/2024 23:05"), (Formats{"'%d/%m/%Y %H:%M'", "'%m/%d/%Y %H:%M'"}));
  EXPECT_EQ(likely_time_formats("13/04/2024"), Formats{"'%d/%m/%Y'"});
  EXPECT_EQ(likely_time_formats("04-13-24 9:05:07 PM"), Formats{"'%m-%d-%y %I:%M:%S %p'"});
}

TEST(LikelyTimeFormats, AreThoseOfSpreadsheetsLogsAndPrograms) {
  const auto one = [](const char* text) {
    const auto formats = likely_time_formats(text);
    return formats.size() == 1 ? formats.front() : std::to_string(formats.size());
  };
  EXPECT_EQ(one("04/Mar/2024:23:00:00 +0100"), "'%d/%b/%Y:%H:%M:%S %z'");
  EXPECT_EQ(one("Mon Mar  4 23:00:00 2024"), "'%a %b %d %H:%M:%S %Y'");
  EXPECT_EQ(one("Mon, 04 Mar 2024 23:00:00 GMT"), "'%a, %d %b %Y %H:%M:%S %Z'");
  EXPECT_EQ(one("20240304T230000Z"), "'%Y%m%dT%H%M%S %z'");
  EXPECT_EQ(one("20240304230000"), "'%Y%m%d%H%M%S'");
  EXPECT_EQ(one("04.03.24 23:00"), "'%d.%m.%y %H:%M'");
}

TEST(LikelyTimeFormats, AreNoneOfWhatIsNoTime) {
  for (const char* text : {"", "23:05:00", "yesterday", "7", "99/99/2024", "2024-03-04 10:00 CET"})
    EXPECT_TRUE(likely_time_formats(text).empty()) << text;
}

RC_GTEST_PROP(ATimeFormat, ReadsWhatIsWrittenSo, ()) {
  const auto day = *rc::gen::inRange(1, 29), month = *rc::gen::inRange(1, 13),
             year = *rc::gen::inRange(1970, 2200);
  const auto hour = *rc::gen::inRange(0, 24), minute = *rc::gen::inRange(0, 60);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string iso =
      std::to_string(year) + "-" + two(month) + "-" + two(day) + "T" + two(hour) + ":" + two(minute) + ":00Z";
  const std::string clock = two(hour) + ":" + two(minute);
  RC_ASSERT(read("%d/%m/%Y %H:%M", two(day) + "/" + two(month) + "/" + std::to_string(year) + " " + clock) ==
            iso);
  RC_ASSERT(read("%H:%M %m-%d-%Y", clock + " " + two(month) + "-" + two(day) + "-" + std::to_string(year)) ==
            iso);
}

}  // namespace
}  // namespace oddity::formats
