#include "calibration/share.hpp"

#include <gmock/gmock.h>

namespace oddity::calibration {
namespace {

Share share(std::int64_t count, std::int64_t of) { return {count, of}; }

TEST(Share, CountsWindows) {
  Share share;
  share.add(true);
  share.add(false);
  EXPECT_EQ(share.value(), 0.5);
}

// statsmodels.stats.proportion.proportion_confint(count, of, method='wilson') is the same formula; these are by hand.
TEST(Share, IsAsSureAsWilsonSays) {
  EXPECT_NEAR(share(10, 100).interval().low, 0.055229, 1e-6);
  EXPECT_NEAR(share(10, 100).interval().high, 0.174366, 1e-6);
}

TEST(Share, OfNoWindowIsNotSurelyNone) {
  EXPECT_NEAR(share(0, 1000).interval().low, 0, 1e-15);
  EXPECT_NEAR(share(0, 1000).interval().high, 3.8415 / 1003.8415, 1e-6);
}

}  // namespace
}  // namespace oddity::calibration
