#include "oddity/spacing.hpp"

#include <gtest/gtest.h>

namespace oddity {
namespace {

TEST(SpacingTest, IsTheUsualDistanceWhateverGapsThereAre) {
  Spacing spacing;
  EXPECT_EQ(spacing.usual(), 0);
  for (int i = 0; i < 200; ++i) spacing.add(i % 20 == 7 ? 86'400 : 60);
  EXPECT_NEAR(spacing.usual(), 60, 4);
  spacing.add(0);
  spacing.add(-5);
  EXPECT_NEAR(spacing.usual(), 60, 4) << "that is no distance";
  for (int i = 0; i < 200; ++i) spacing.add(10);
  EXPECT_NEAR(spacing.usual(), 10, 1) << "it follows";
}

}  // namespace
}  // namespace oddity
