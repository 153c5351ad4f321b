#include "row/plausible_times.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace oddity::formats {
namespace {

std::int64_t unit_of(Precision unit) { return static_cast<std::int64_t>(unit); }

/// What is said of numbers, read as of `unit`.
std::string doubt(double first, double last, Precision unit) {
  const auto time = [&](double count) {
    return static_cast<std::int64_t>(count * static_cast<double>(unit_of(unit)));
  };
  return doubt_about_times(time(first), time(last), unit);
}

TEST(TimesThatAreNumbers, AreDoubtedWhereAWrongUnitPutsThemInto1970) {
  EXPECT_EQ(doubt(1709275260, 1709275320, Precision::ns),
            "the first time is 1709275260 ns after 1970 began: is --precision ns right? s would make it "
            "2024-03-01T06:41:00Z");
  EXPECT_EQ(doubt(1709275260, 1709275320, Precision::us),
            "the first time is 1709275260 us after 1970 began: is --precision us right? s would make it "
            "2024-03-01T06:41:00Z");
  EXPECT_EQ(doubt(1709275260, 1709275320, Precision::ms),
            "the first time is 1709275260 ms after 1970 began: is --precision ms right? s would make it "
            "2024-03-01T06:41:00Z");
  EXPECT_NE(
      doubt(1709275260123, 1709275320123, Precision::ns).find("? ms would make it 2024-03-01T06:41:00Z"),
      std::string::npos);
  EXPECT_NE(doubt(1709275260123, 1709275320123, Precision::us).find("? ms would make it"), std::string::npos);
  EXPECT_NE(doubt(1709275260123000, 1709275320123000, Precision::ns).find("? us would make it"),
            std::string::npos);
}

TEST(TimesThatAreNumbers, MayBeDaysAsASpreadsheetCountsThem) {
  EXPECT_EQ(
      doubt(45352.5, 45353.5, Precision::s),
      "the first time is 45352.5 s after 1970 began: is --precision s right? As a spreadsheet counts days "
      "it would be 2024-03-01T12:00:00Z: have it write dates");
  EXPECT_EQ(doubt(45352.5, 90000, Precision::s).find("spreadsheet"), std::string::npos);
}

TEST(TimesThatAreNumbers, MayBeTheDigitsOfADate) {
  EXPECT_EQ(
      doubt(20240301, 20240302, Precision::s),
      "the first time is 20240301 s after 1970 began: is --precision s right? Where 2024-03-01 is meant, it "
      "has to be written so; of CSV replay reads it by --time-format '%Y%m%d'");
  const std::string with_clock = doubt(20240301230005, 20240301230015, Precision::ns);
  EXPECT_NE(with_clock.find("Where 2024-03-01 23:00:05 is meant"), std::string::npos) << with_clock;
  EXPECT_TRUE(with_clock.ends_with("--time-format '%Y%m%d%H%M%S'")) << with_clock;
  EXPECT_TRUE(doubt(202403012300, 202403012301, Precision::us).ends_with("--time-format '%Y%m%d%H%M'"));
  EXPECT_EQ(doubt(20240301236105, 20240301236115, Precision::ns).find("meant"), std::string::npos);
  EXPECT_EQ(doubt(20241399, 20240302, Precision::s).find("meant"), std::string::npos);
}

TEST(TimesThatAreNumbers, AreDoubtedWhereTheyAreOfNoTimeThatIsMeasured) {
  EXPECT_EQ(doubt_about_times(133'500'000'000'000'000, 133'600'000'000'000'000, Precision::ns),
            "the first time is 1974-03-26T03:20:00Z, 133500000000000000 ns: is --precision ns right?");
  EXPECT_NE(doubt(4294967295, 4294967295, Precision::s).find("the first time is 2106-02-07T06:28:15Z"),
            std::string::npos);
}

TEST(TimesThatAreNumbers, CanBeMeantFrom1990OnAndCountedFromZero) {
  EXPECT_EQ(doubt(1709275260, 1709275320, Precision::s), "");
  EXPECT_EQ(doubt(0, 86400, Precision::s), "") << "counted from 0";
  EXPECT_EQ(doubt(86400, 1, Precision::s), "") << "the same, the newest first";
  EXPECT_EQ(doubt(1709275260, 5, Precision::s), "");
  EXPECT_EQ(doubt(5000, 1709275320, Precision::s), "") << "a clock that was wrong once";
  EXPECT_EQ(doubt(-1e9, -9e8, Precision::s), "") << "long series begin before 1969";
}

TEST(AUnit, IsBetterWhereItMakesATimeOfToday) {
  EXPECT_EQ(better_unit(1709275260000), " ms would make it 2024-03-01T06:41:00Z");
  EXPECT_EQ(better_unit(7), "");
  EXPECT_EQ(better_unit(1e300), "");
}

TEST(ATimeOfAnotherUnit, WouldBeOfTheseDaysIfItsUnitWereLonger) {
  constexpr std::int64_t of_2024 = 1'709'280'000'000'000'000;
  EXPECT_TRUE(is_of_these_days(of_2024));
  EXPECT_FALSE(is_of_another_unit(of_2024));
  for (const std::int64_t shorter : {1'000, 1'000'000, 1'000'000'000}) {
    EXPECT_FALSE(is_of_these_days(of_2024 / shorter));
    EXPECT_TRUE(is_of_another_unit(of_2024 / shorter)) << shorter;
  }
  for (const std::int64_t time : {std::int64_t{0}, std::int64_t{-1}, of_1990 - 1, of_2100})
    EXPECT_FALSE(is_of_another_unit(time)) << time;
  EXPECT_EQ(better_unit_of(of_2024 / 1'000, Precision::ns), " us would make it 2024-03-01T08:00:00Z");
}

}  // namespace
}  // namespace oddity::formats
