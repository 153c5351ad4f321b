#include "conformance/source.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace oddity::conformance {
namespace {

plugin::DetectorDescription description(bool wants_sorted) {
  plugin::DetectorDescription described;
  described.wants_sorted = wants_sorted;
  return described;
}

TEST(Source, IsTheSameForTheSameSeedAndGoesOnInTime) {
  Source one(description(false), 2, 5), same(description(false), 2, 5), other(description(false), 2, 6);
  std::int64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    const AbiWindow window = one.noise();
    EXPECT_EQ(window.columns(), same.noise().columns());
    EXPECT_NE(window.columns(), other.noise().columns());
    EXPECT_NE(window.columns()[0], window.columns()[1]);
    EXPECT_TRUE(std::is_sorted(window.times().begin(), window.times().end()));
    EXPECT_GT(window.times().front(), last);
    last = window.times().back();
  }
}

}  // namespace
}  // namespace oddity::conformance
