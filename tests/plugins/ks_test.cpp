#include "ks/ks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "instance.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<KolmogorovSmirnov>;

/// The definition: the largest difference over every value of either side.
double naive_distance(const std::vector<double>& a, const std::vector<double>& b) {
  const auto share = [](const std::vector<double>& all, double value) {
    return static_cast<double>(std::count_if(all.begin(), all.end(), [&](double x) { return x <= value; })) /
           static_cast<double>(all.size());
  };
  double largest = 0;
  for (const auto* side : {&a, &b}) {
    for (const double value : *side) largest = std::max(largest, std::abs(share(a, value) - share(b, value)));
  }
  return largest;
}

/// Every order of n and m values, by brute force: the share of those with a distance of at least d.
double brute_force_p(double d, int n, int m) {
  int far = 0, all = 0;
  for (unsigned mask = 0; mask < 1u << (n + m); ++mask) {
    if (__builtin_popcount(mask) != n) continue;
    ++all;
    double largest = 0;
    for (int i = 0, a = 0, b = 0; i < n + m; ++i) {
      (mask >> i & 1 ? a : b) += 1;
      largest = std::max(largest, std::abs(static_cast<double>(a) / n - static_cast<double>(b) / m));
    }
    if (largest > d - 1e-9) ++far;
  }
  return static_cast<double>(far) / all;
}

RC_GTEST_PROP(KolmogorovSmirnov, TheDistanceIsThatOfTheDefinitionTiesIncluded, ()) {
  const auto draw = [](std::size_t min) {
    std::vector<double> values(*rc::gen::inRange<std::size_t>(min, 40));
    for (double& value : values) value = *rc::gen::inRange(0, 9);
    return values;
  };
  const std::vector<double> history = draw(2);
  const std::vector<double> window = draw(1);
  Detector detector(100);
  detector.learn(history);
  RC_ASSERT(std::abs(detector.evaluate(window).outputs[0] - naive_distance(history, window)) < 1e-12);
}

TEST(KolmogorovSmirnov, ExactPEqualsAllOrdersCounted) {
  for (int n = 1; n <= 7; ++n) {
    for (int m = 1; m <= 7; ++m) {
      const int lcm = std::lcm(n, m);
      for (int step = 0; step <= lcm; ++step) {
        const double d = static_cast<double>(step) / lcm;
        const double expected = step == 0 ? 1 : brute_force_p(d, n, m);
        EXPECT_NEAR(ks::exact_p(d, static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(m)), expected,
                    1e-13)
            << n << " " << m << " " << d;
      }
    }
  }
}

/// Columns taken together, against one cell after the other: the same p to all but its last two digits.
RC_GTEST_PROP(KolmogorovSmirnov, TheShareOfPathsIsThatOfTheCells, ()) {
  const auto m = *rc::gen::inRange<std::uint64_t>(1, *rc::gen::element<std::uint64_t>(3, 30, 300));
  const auto n = m + *rc::gen::inRange<std::uint64_t>(0, *rc::gen::element<std::uint64_t>(3, 100, 3600));
  const auto step_n = static_cast<std::int64_t>(n / std::gcd(n, m));
  const auto step_m = static_cast<std::int64_t>(m / std::gcd(n, m));
  const std::int64_t farthest = step_n * static_cast<std::int64_t>(m);
  const auto reach = *rc::gen::inRange<std::int64_t>(1, 1 + farthest / *rc::gen::element(1, 3, 15));
  const double expected =
      ks::share_by_cells(static_cast<std::int64_t>(n), static_cast<std::int64_t>(m), step_n, step_m, reach);
  const double found = ks::LeavingPaths(n, m, reach).share();
  // It may pass, but not for a band that any but the wildest window has.
  if (std::isnan(found)) {
    RC_ASSERT(expected < 1e-30);
  } else {
    RC_ASSERT(std::abs(found - expected) <= 1e-12 * expected || expected < 1e-290);
  }
}

/// As a window moves away from the history step by step, so does p: a calibration ranks it among earlier ones.
TEST(KolmogorovSmirnov, ExactPFallsWithEveryStep) {
  for (const auto& [n, m] : {std::pair{3600u, 300u}, {3600u, 20u}, {3599u, 20u}, {440u, 20u}, {300u, 300u}}) {
    const double steps = static_cast<double>(std::lcm(n, m));
    const double step = std::ceil(steps / 3000);
    double before = 1;
    for (int i = 1; i * step < steps / 2; ++i) {
      const double at = i * step;
      const double p = ks::exact_p(at / steps, n, m);
      ASSERT_LE(p, before * (1 + 1e-13)) << n << " " << m << " " << at;
      ASSERT_GE(p, 0);
      before = p;
    }
  }
}

TEST(KolmogorovSmirnov, ASmallExactPKeepsItsDigits) {
  // Only two of the (50 over 25) orders separate the samples.
  const double expected = 2 / 126410606437752.0;
  EXPECT_LT(test::relative_error(ks::exact_p(1, 25, 25), expected), 1e-12);
}

/// 0, 1, … 99 are known.
oddity_evaluation apart_by(double gap, double unit = 1) {
  Detector detector(100);
  std::vector<double> history(100);
  std::iota(history.begin(), history.end(), 0.0);
  for (double& value : history) value *= unit;
  detector.learn(history);
  return detector.evaluate({(99 + gap) * unit});
}

TEST(AWindowThatIsApart, HasTheSamePAndIsTheStrongerTheFartherItIs) {
  EXPECT_EQ(apart_by(1).p, 2.0 / 101);
  EXPECT_EQ(apart_by(1000).p, 2.0 / 101);
  EXPECT_NEAR(apart_by(1e-9).strength, -std::log10(2.0 / 101), 1e-6) << "it begins with what p says";
  EXPECT_GT(apart_by(3).strength, apart_by(1).strength);
  EXPECT_GT(apart_by(1e300).strength, apart_by(1000).strength);
  EXPECT_TRUE(std::isfinite(apart_by(1e300).strength));
}

/// The mean excess of the last two of the hundred over the third is 1.5.
TEST(AWindowThatIsApart, IsTakenForTheEndOfAnExponentialTail) {
  EXPECT_NEAR(apart_by(1.5).strength, -std::log10(2.0 / 101) + 1 / std::log(10.0), 1e-9);
}

TEST(AWindowThatIsApart, IsAsStrongInEveryUnitAndOnEitherSide) {
  EXPECT_NEAR(apart_by(5, 1024).strength, apart_by(5).strength, 1e-9);
  EXPECT_NEAR(apart_by(5, -1024).strength, apart_by(5).strength, 1e-9);
}

TEST(AWindowThatIsApart, OfAConstantHistorySaysNoMoreThanItsP) {
  Detector detector(10);
  detector.learn(std::vector<double>(10, 20.0));
  EXPECT_TRUE(std::isnan(detector.evaluate({21}).strength));
}

TEST(AWindowThatOverlaps, SaysNoMoreThanItsP) { EXPECT_TRUE(std::isnan(apart_by(-50).strength)); }

/// SciPy's exact p (tests/reference/make_ks_large.py) for sizes up to a million.
TEST(KolmogorovSmirnov, LargeSamplesAgreeWithSciPyWithinOnePercent) {
  Detector lends_the_tails(2);
  int exact = 0, cases = 0;
  for (const auto& record : test::read_reference("ks_large.csv")) {
    const auto n = static_cast<std::uint64_t>(std::stoull(record[0]));
    const auto m = static_cast<std::uint64_t>(std::stoull(record[1]));
    const double d = std::stod(record[2]);
    const double expected = std::stod(record[3]);
    const double error = test::relative_error(ks::p_value(d, n, m), expected);
    EXPECT_LT(error, 0.01) << n << " " << m << " " << d << ": " << ks::p_value(d, n, m) << " for "
                           << expected;
    exact += error < 1e-9 ? 1 : 0;
    ++cases;
  }
  EXPECT_GE(cases, 60);
  EXPECT_GT(exact, cases / 4);
  EXPECT_LT(exact, cases) << "some are beyond four million cells";
}

TEST(KolmogorovSmirnov, SamplesThatDoNotOverlapHaveTheExactP) {
  EXPECT_LT(test::relative_error(ks::p_value(1, 25, 25), 2 / 126410606437752.0), 1e-12);
  EXPECT_LT(test::relative_error(ks::p_value(1, 10'000'000, 1), 2 / 10'000'001.0), 1e-12);
  EXPECT_EQ(ks::p_value(1, 10'000'000, 100'000), 0) << "below what a double holds";
}

/// Where one way to p takes over from another there is no step.
TEST(KolmogorovSmirnov, AFartherDistanceIsLessLikely) {
  Detector lends_the_tails(2);
  for (const auto& [n, m] : {std::pair{3600u, 1200u}, {9000u, 499u}, {9000u, 501u}, {2001u, 2001u}}) {
    double before = 1;
    for (int fiftieths = 0; fiftieths <= 50; ++fiftieths) {
      const double d = fiftieths / 50.0;
      const double p = ks::p_value(d, n, m);
      EXPECT_GE(p, 0);
      EXPECT_LE(p, before) << n << " " << m << " " << d;
      before = p;
    }
  }
}

TEST(KolmogorovSmirnov, SeesAChangeOfSpreadAlone) {
  Detector detector(400);
  std::vector<double> history, window;
  for (int i = 0; i < 400; ++i) history.push_back(std::sin(i));
  for (int i = 0; i < 60; ++i) window.push_back(5 * std::sin(i));
  detector.learn(history);
  EXPECT_LT(detector.evaluate(window).p, 1e-6);
}

TEST(KolmogorovSmirnov, WarmsUp) {
  Detector detector(10);
  EXPECT_TRUE(std::isnan(detector.evaluate({1, 2}).p));
  detector.learn({5});
  EXPECT_EQ(detector.evaluate({1, 2}).outcome, ODDITY_WARMING_UP);
}

TEST(KolmogorovSmirnov, ConstantsNeedNoExtraRule) {
  Detector detector(10);
  detector.learn({3, 3, 3, 3});
  EXPECT_EQ(detector.evaluate({3, 3}).p, 1);
  EXPECT_EQ(detector.evaluate({4, 4}).outputs[0], 1);
}

}  // namespace
}  // namespace oddity::plugins
