#include "oddity/effective_size.hpp"

#include <gtest/gtest.h>

namespace oddity {
namespace {

/// n / (1 + 2 Σ (1 − k/n) r^k), term by term.
double by_the_sum(int n, double r) {
  double inefficiency = 1, power = 1;
  for (int k = 1; k < n; ++k) {
    power *= r;
    inefficiency += 2 * (1 - k / static_cast<double>(n)) * power;
  }
  return n / inefficiency;
}

TEST(EffectiveSize, IsTheSumsClosedForm) {
  for (const int n : {2, 6, 20, 300, 2000}) {
    for (const double r : {0.01, 0.3, 0.5, 0.8, 0.95, 0.999})
      EXPECT_NEAR(effective_size(n, r) / by_the_sum(n, r), 1, 1e-9) << n << " " << r;
  }
}

TEST(EffectiveSize, OfIndependentOrAlternatingSamplesIsTheirNumber) {
  EXPECT_EQ(effective_size(20, 0), 20);
  EXPECT_EQ(effective_size(20, -0.7), 20);
  EXPECT_EQ(effective_size(1, 0.9), 1);
}

TEST(EffectiveSize, IsAtLeastOne) { EXPECT_GE(effective_size(6, 0.999), 1); }

}  // namespace
}  // namespace oddity
