// Our own Student's t against Boost.Math in extended precision, over all that it answers.
#include "numerics/student_t.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "numerics/tails.hpp"
#include "support/reference.hpp"

namespace oddity::student_t {
namespace {

using Exact = boost::math::students_t_distribution<long double>;

/// With one degree, where Boost 1.74 loses digits near 0, the distribution is Cauchy's.
long double exact_tail(double t, double degrees) {
  if (degrees == 1) return std::atan2(1.0L, static_cast<long double>(t)) / std::numbers::pi_v<long double>;
  return boost::math::cdf(boost::math::complement(Exact(degrees), static_cast<long double>(t)));
}

const double all_degrees[] = {1,   1.2,   1.5,    2,    2.7,  3,    3.5, 4,   5,    7.25,
                              10,  14,    18.999, 19,   25,   32.4, 33,  50,  77,   100,
                              170, 320.5, 1e3,    3599, 3600, 7e4,  1e6, 1e9, 1e12, 1e15};

/// From 1e-12 to 1e7, dense where the series ends and the continued fraction begins.
template <class Take>
void each_t(Take take) {
  for (int i = 0; i < 13; ++i) take(1e-12 * std::pow(7, i));
  for (int i = 0; i < 161; ++i) take(0.05 + 0.0371 * i);
  for (int i = 0; i < 27; ++i) take(6 * std::pow(1.11, i));
  for (int i = 0; i < 11; ++i) take(100 * std::pow(3, i));
}

TEST(StudentT, TailsAreThoseOfBoostInExtendedPrecision) {
  double worst = 0, least = 1;
  int compared = 0;
  for (const double degrees : all_degrees) {
    each_t([&](double t) {
      const long double expected = exact_tail(t, degrees);
      if (!(expected > 1e-300L)) return;
      ASSERT_TRUE(has_tail(t, degrees));
      const auto error = static_cast<double>(std::abs(upper_tail(t, degrees) / expected - 1));
      ASSERT_LT(error, 5e-13) << t << " with " << degrees << " degrees";
      EXPECT_NEAR(upper_tail(-t, degrees), static_cast<double>(1 - expected), 6e-16);
      worst = std::max(worst, error);
      least = std::min(least, static_cast<double>(expected));
      ++compared;
    });
  }
  std::printf("%d tails down to %.1e, within %.1e\n", compared, least, worst);
  EXPECT_GT(compared, 4000);
  EXPECT_LT(least, 1e-295);
}

TEST(StudentT, QuantilesAreThoseOfBoostInExtendedPrecision) {
  double worst = 0;
  for (const double degrees : all_degrees) {
    if (degrees < 3) continue;
    for (const double p : {0.49999999, 0.4999, 0.49, 0.45, 0.4,  0.3,  0.25, 0.2,   0.1,   0.05,  0.025,
                           0.01,       0.005,  1e-3, 5e-4, 1e-4, 5e-6, 1e-8, 1e-10, 1e-15, 1e-22, 1e-30}) {
      ASSERT_TRUE(has_quantile(p, degrees));
      const long double expected = boost::math::quantile(Exact(degrees), static_cast<long double>(p));
      const auto error = static_cast<double>(std::abs(quantile(p, degrees) / expected - 1));
      ASSERT_LT(error, 1e-13) << p << " with " << degrees << " degrees";
      if (1 - p < 1) {
        EXPECT_LT(test::relative_error(quantile(1 - p, degrees), -quantile(1 - (1 - p), degrees)), 1e-15);
      }
      worst = std::max(worst, error);
    }
  }
  std::printf("quantiles within %.1e\n", worst);
  EXPECT_EQ(quantile(0.5, 7), 0);
}

RC_GTEST_PROP(StudentT, AQuantileHasItsTail, ()) {
  const double degrees = std::exp(*rc::gen::inRange(1100, 30000) * 1e-3);
  const double p = std::exp(-*rc::gen::inRange(694, 69000) * 1e-3);
  RC_ASSERT(std::abs(upper_tail(-quantile(p, degrees), degrees) / p - 1) < 1e-12);
}

RC_GTEST_PROP(StudentT, TailsFallAcrossTheSeam, ()) {
  const double degrees = std::exp(*rc::gen::inRange(0, 30000) * 1e-3);
  const double seam = std::sqrt(4 * degrees / (degrees + 3));
  const double before = upper_tail(seam * (1 - 1e-12), degrees);
  const double behind = upper_tail(seam * (1 + 1e-12), degrees);
  RC_ASSERT(behind <= before * (1 + 1e-13));
  RC_ASSERT(before - behind < 1e-11 * before);
}

TEST(StudentT, WhatItDoesNotAnswerBoostDoes) {
  EXPECT_FALSE(has_tail(std::nan(""), 3));
  EXPECT_FALSE(has_tail(1, std::nan("")));
  EXPECT_FALSE(has_quantile(std::nan(""), 3));
  EXPECT_FALSE(has_quantile(0.1, 2));
  for (const double degrees : {1e-3, 0.3, 0.99, 1e16, 1e300}) {
    EXPECT_FALSE(has_tail(1, degrees));
    EXPECT_LT(test::relative_error(tails::host().student_t_sf(1, degrees),
                                   static_cast<double>(exact_tail(1, degrees))),
              1e-12);
  }
  EXPECT_FALSE(has_tail(1e8, 3));
  EXPECT_LT(test::relative_error(tails::host().student_t_sf(1e8, 3), static_cast<double>(exact_tail(1e8, 3))),
            1e-12);
}

}  // namespace
}  // namespace oddity::student_t
