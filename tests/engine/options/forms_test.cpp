// Options whose text has a form of its own.
#include <gtest/gtest.h>

#include "options/extent.hpp"
#include "options/false_alarms.hpp"

namespace oddity::options {
namespace {

constexpr std::int64_t second = 1'000'000'000;

TEST(ExtentForm, IsATimeOrANumberOfWindows) {
  EXPECT_EQ(Extent::parse("20")->number, 20);
  EXPECT_EQ(Extent::parse("30m")->time, 1800 * second);
  EXPECT_TRUE(Extent::parse("0")->none());
  EXPECT_TRUE(Extent::parse("0s")->none());
  for (const char* wrong : {"", "-1", "-5m", "soon", "3.5", "m"}) EXPECT_FALSE(Extent::parse(wrong)) << wrong;
  for (const char* text : {"0", "20", "30m", "1h30m"}) EXPECT_EQ(Extent::parse(text)->text(), text);
}

TEST(ExtentForm, ExceedsWhatIsShorter) {
  const Extent windows{3, 0}, time{0, 60 * second};
  EXPECT_TRUE(windows.exceeds(2, 999 * second));
  EXPECT_FALSE(windows.exceeds(3, 0));
  EXPECT_TRUE(time.exceeds(999, 59 * second));
  EXPECT_FALSE(time.exceeds(0, 60 * second));
  EXPECT_FALSE(Extent{}.exceeds(0, 0));
}

TEST(FalseAlarmsForm, IsANumberInATime) {
  const auto weekly = FalseAlarms::parse("1/7d");
  ASSERT_TRUE(weekly);
  EXPECT_TRUE(weekly->promised());
  EXPECT_NEAR(weekly->share_of_windows(60.0 * second), 60.0 / (7 * 86'400), 1e-15);
  EXPECT_EQ(FalseAlarms::parse("0.5/1h")->count, 0.5);
  EXPECT_EQ(FalseAlarms::parse(weekly->text())->time, weekly->time);
  for (const char* wrong : {"", "1", "7d", "0/7d", "-1/7d", "1/0s", "1/-7d", "one/7d", "1/7", "1//7d"})
    EXPECT_FALSE(FalseAlarms::parse(wrong)) << wrong;
}

TEST(FalseAlarmsForm, NoneIsSaidAsSuch) {
  EXPECT_EQ(FalseAlarms{}.text(), "none");
  EXPECT_FALSE(FalseAlarms::parse("none")->promised());
}

}  // namespace
}  // namespace oddity::options
