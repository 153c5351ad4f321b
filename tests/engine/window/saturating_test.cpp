#include "window/saturating.hpp"

#include <gtest/gtest.h>

namespace oddity::window {
namespace {

constexpr std::int64_t first = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();

TEST(Saturating, SumsStayWithin64Bits) {
  EXPECT_EQ(plus(3, 7), 10);
  EXPECT_EQ(plus(last, 1), last);
  EXPECT_EQ(plus(first, -1), first);
}

TEST(Saturating, SoDoDifferences) {
  EXPECT_EQ(elapsed(3, 10), 7);
  EXPECT_EQ(elapsed(10, 3), -7);
  EXPECT_EQ(elapsed(first, last), last);
  EXPECT_EQ(elapsed(last, first), first);
  EXPECT_EQ(elapsed(-1, last), last);
}

}  // namespace
}  // namespace oddity::window
