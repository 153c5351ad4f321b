#include "demo/printer.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <sstream>

namespace oddity::demo {
namespace {

std::string written(std::uint64_t seed) {
  std::ostringstream out;
  write_line_protocol(out, make_day(seed), formats::Precision::s);
  return out.str();
}

TEST(Printer, IsADayOfAPointASecond) {
  const Day day = make_day(1);
  ASSERT_EQ(day.times.size(), 86'402u);
  EXPECT_EQ(day.times.front(), 1'451'606'400'000'000'000);
  EXPECT_EQ(day.times[1] - day.times[0], 1'000'000'000);
}

TEST(Printer, ASeedIsTheSameDigitsOnEveryMachine) {
  const std::string text = written(1);
  EXPECT_TRUE(text.starts_with("temperatures hotend=220.214726,bed=91.585773,air=71.369366 1451606400\n"));
  EXPECT_EQ(::crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()), 0x3b5edfdd);
  EXPECT_NE(written(2), text);
}

TEST(Printer, ThePhasesAreThoseOfTheGuide) {
  const Day day = make_day(3);
  const auto mean = [&](std::size_t field, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += day.values[field][i];
    return sum / static_cast<double>(to - from);
  };
  EXPECT_NEAR(mean(0, 0, 3600), 220, 0.05);
  EXPECT_NEAR(mean(0, 3600, 3900), 218.5, 0.7);
  EXPECT_NEAR(mean(1, 28800, 29700), 92, 0.7);
  EXPECT_NEAR(mean(2, 43200, 45000), 65, 1.5);
  EXPECT_NEAR(mean(2, 72000, 86400), 70, 0.15);
}

TEST(Printer, TheValuesAreWhatAReaderOfTheFileGets) {
  const Day day = make_day(1);
  EXPECT_EQ(day.values[0][0], std::stod("220.214726"));
}

}  // namespace
}  // namespace oddity::demo
