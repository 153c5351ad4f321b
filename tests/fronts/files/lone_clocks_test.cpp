#include "replay/lone_clocks.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace oddity::replay {
namespace {

/// Lines of the rows that are alone; times are in order, of one group.
std::vector<std::uint64_t> alone(const std::vector<std::int64_t>& times) {
  LoneClocks clocks;
  for (std::size_t i = 0; i < times.size(); ++i) clocks.add(0, times[i], Place(0, i + 1));
  std::vector<std::uint64_t> lines;
  for (const auto& lone : clocks.found()) lines.push_back(lone.place.line());
  return lines;
}

using Lines = std::vector<std::uint64_t>;

TEST(ALoneClock, IsFarFromAllOthers) {
  EXPECT_EQ(alone({1, 2, 3, 4, 1000}), Lines{5});
  EXPECT_EQ(alone({-1000, 1, 2, 3, 4}), Lines{1});
  EXPECT_EQ(alone({1, 2, 3, 4, 5}), Lines{});
  EXPECT_EQ(alone({1, 2, 3, 4, 20}), Lines{}) << "a gap";
}

TEST(ALoneClock, NeedsThreeOthers) { EXPECT_EQ(alone({1, 2, 1000}), Lines{}); }

TEST(ALoneClock, MayHaveGivenSeveralRows) {
  LoneClocks clocks;
  for (const std::int64_t time : {1, 2, 3, 4, 5, 6, 1000, 1003})
    clocks.add(0, time, Place(0, static_cast<std::uint64_t>(time)));
  const auto found = clocks.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.line(), 1000u);
  EXPECT_EQ(found[0].next, 6);
  EXPECT_EQ(found[0].rows, 2u);
  EXPECT_EQ(alone({-1000, -999, 1, 2, 3, 4, 5, 6}), Lines{1});
  EXPECT_EQ(alone({1, 2, 3, 4, 5, 1000, 1003}), Lines{}) << "five beside two: a pause";
}

TEST(ALoneClock, OfTimesAtBothEndsOfWhat64BitsHold) {
  constexpr auto min = std::numeric_limits<std::int64_t>::min();
  constexpr auto max = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(alone({min, max - 3, max - 2, max - 1, max}), Lines{1});
}

TEST(ALoneClock, IsThatOfItsGroup) {
  LoneClocks clocks;
  for (int i = 0; i < 5; ++i) clocks.add(1, i, Place(0, static_cast<std::uint64_t>(i)));
  for (int i = 0; i < 5; ++i) clocks.add(0, 1000 + i, Place(1, static_cast<std::uint64_t>(i)));
  EXPECT_TRUE(clocks.found().empty());
}

}  // namespace
}  // namespace oddity::replay
