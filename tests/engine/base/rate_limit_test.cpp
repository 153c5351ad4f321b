#include "base/rate_limit.hpp"

#include <gtest/gtest.h>

namespace oddity {
namespace {

TEST(RateLimit, TellsOnceAnIntervalAndCountsTheRest) {
  using std::chrono::seconds;
  const RateLimit::Clock::time_point start{};
  RateLimit limit(seconds(10));
  EXPECT_EQ(limit.tell(start), 0u);
  for (int i = 1; i < 10; ++i) EXPECT_FALSE(limit.tell(start + seconds(i)));
  EXPECT_EQ(limit.tell(start + seconds(10)), 9u);
  EXPECT_EQ(limit.tell(start + seconds(25)), 0u) << "counted anew";
}

}  // namespace
}  // namespace oddity
