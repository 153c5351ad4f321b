#include "evaluate/alarms.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace oddity::evaluate {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

/// The windows that raise one; one comes every minute.
std::vector<std::size_t> raised(const std::vector<double>& scores, const AlarmRule& rule = {}) {
  Alarms alarms(rule);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (alarms.raises(scores[i], static_cast<std::int64_t>(i) * minute)) all.push_back(i);
  }
  return all;
}
using Windows = std::vector<std::size_t>;

TEST(Alarms, TheFirstOddWindowRaisesOneEvenAtTheVeryBegin) { EXPECT_EQ(raised({2, 0, 0}), Windows{0}); }

TEST(Alarms, AScoreOfExactlyTheThresholdIsNotOdd) { EXPECT_TRUE(raised({1, 1, 1}).empty()); }

TEST(Alarms, TheNextOneComesAfterTwentyQuietWindows) {
  std::vector<double> scores(50, 0.0);
  scores[0] = scores[20] = 2;
  EXPECT_EQ(raised(scores), Windows{0}) << "19 are quiet in between";
  scores[20] = 0;
  scores[21] = 2;
  EXPECT_EQ(raised(scores), (Windows{0, 21}));
}

TEST(Alarms, TheQuietMayBeATime) {
  std::vector<double> scores(50, 0.0);
  scores[0] = scores[5] = 2;
  EXPECT_EQ(raised(scores, {.quiet = {0, 5 * minute}}), (Windows{0, 5}));
  EXPECT_EQ(raised(scores, {.quiet = {0, 5 * minute + 1}}), Windows{0});
}

TEST(Alarms, AnOddWindowThatRaisesNoneBreaksTheQuiet) {
  std::vector<double> scores(50, 0.0);
  scores[0] = scores[15] = scores[30] = 2;
  EXPECT_EQ(raised(scores), Windows{0});
}

TEST(Alarms, OneThatIsHigherByAFifthThanTheLastAlarmRaisesOneAtOnce) {
  EXPECT_EQ(raised({2, 2.3, 2.39, 2.4, 2.5, 2.88}), (Windows{0, 3, 5}));
}

TEST(Alarms, AfterTheQuietTheLastAlarmDoesNotCount) {
  std::vector<double> scores(60, 0.0);
  scores[0] = 50;
  scores[30] = 2;
  scores[31] = 2.4;
  EXPECT_EQ(raised(scores), (Windows{0, 30, 31}));
}

TEST(Alarms, AWindowWithoutAScoreIsQuiet) {
  std::vector<double> scores(50, std::nan(""));
  scores[0] = scores[30] = 2;
  EXPECT_EQ(raised(scores), (Windows{0, 30}));
}

TEST(Alarms, TheRuleIsAsGiven) {
  EXPECT_EQ(raised({4, 0, 0, 4, 5, 8}, {3, {2, 0}}), (Windows{0, 3, 4, 5}));
  EXPECT_TRUE(raised({4, 5}, {5, {2, 0}}).empty());
}

}  // namespace
}  // namespace oddity::evaluate
