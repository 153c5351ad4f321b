#include "cusum/cusum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "instance.hpp"

namespace oddity::plugins {
namespace {

using Detector = test::Instance<Cusum>;

/// Mean 0, standard deviation 1.
const std::vector<double> baseline{-1, 0, 1};

TEST(Cusum, SumsAreThoseOfPage) {
  Detector detector(3);
  detector.learn(baseline);
  EXPECT_NEAR(detector.evaluate({2}).outputs[0], 1.5, 1e-15);
  EXPECT_NEAR(detector.evaluate({2, 1, -0.25}).outputs[0], 1.25, 1e-15);
  EXPECT_EQ(detector.evaluate({2, 0.25, -5, 0.5}).outputs[0], -3.5) << "the one below is the larger";
  EXPECT_EQ(detector.evaluate({0.25, -0.25, 0.5}).outputs[0], 0) << "held at zero";
}

TEST(Cusum, ASmallShiftAddsUp) {
  Detector detector(400);
  std::vector<double> history;
  for (int i = 0; i < 400; ++i) history.push_back(std::sin(i * 7) * std::sqrt(2));
  detector.learn(history);
  EXPECT_GT(detector.evaluate({1}).p, 0.1);
  for (int i = 0; i < 20; ++i) detector.learn({1 + std::sin(i * 7) * std::sqrt(2)});
  EXPECT_LT(detector.evaluate({1}).p, 1e-3);
  EXPECT_LT(detector.evaluate({1}, ODDITY_ABOVE).p, 1e-3);
  EXPECT_GT(detector.evaluate({1}, ODDITY_BELOW).p, 0.5);
}

/// What is not learned was anomalous: it signals again only by what comes behind it.
TEST(Cusum, BehindAWindowThatIsNotLearnedTheSumsBeginAgain) {
  Detector detector(100);
  detector.learn(baseline);
  for (int i = 0; i < 60; ++i) detector.pass(std::vector<double>(60, 3.0));
  EXPECT_EQ(detector.evaluate({0.5}).outputs[0], 0);
  EXPECT_NEAR(detector.evaluate({3}).outputs[0], 2.5, 1e-12) << "of a fault that goes on";
}

/// The share of sums of one side at least so high, of walks that have run for long, against tail(): by a
/// history of `n` samples whose mean and deviation err.
void expect_tail(double k, int n, const std::vector<double>& heights) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  std::vector<int> higher(heights.size());
  int asked = 0;
  for (int series = 0; series < 4'000; ++series) {
    Moments history = moments_of(std::vector<double>{-1, 1});
    if (n != 0) {
      std::vector<double> samples(static_cast<std::size_t>(n));
      for (double& sample : samples) sample = normal(random);
      history = moments_of(samples);
    }
    const double deviation = n == 0 ? 1 : std::sqrt(history.variance());
    double sum = 0;
    for (int step = 0; step < 150; ++step) {
      sum = std::max(0.0, sum + (normal(random) - history.mean) / deviation - k);
      if (step < 50) continue;
      ++asked;
      for (std::size_t i = 0; i < heights.size(); ++i) higher[i] += sum >= heights[i] ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const double share = static_cast<double>(higher[i]) / asked;
    const double p =
        cusum::tail(heights[i], {.reference = k, .inefficiency = 1, .samples = n == 0 ? 1e9 : n});
    std::printf("k %.2f, %d samples, height %.1f: p %.5f, share %.5f\n", k, n, heights[i], p, share);
    EXPECT_GT(p, 0.8 * share) << k << " " << n << " " << heights[i];
    EXPECT_LT(p, 1.4 * share) << k << " " << n << " " << heights[i];
  }
}

TEST(Cusum, PIsTheShareOfSumsAsHighWhereNothingIsWrong) {
  expect_tail(0.25, 0, {1, 4, 8});
  expect_tail(0.5, 0, {1, 2, 4, 6});
  expect_tail(1, 0, {0.5, 2, 3});
}

TEST(Cusum, PKnowsHowShortItsHistoryIs) {
  expect_tail(0.5, 300, {1, 2, 4, 6});
  expect_tail(0.5, 100, {1, 2, 4, 6});
  expect_tail(0.5, 30, {1, 2});
}

/// An error of the mean by all of k would make any sum grow for ever.
TEST(Cusum, OfAFewSamplesNoSumIsProof) {
  Detector detector(10);
  detector.learn({-1, 0, 1, 2});
  for (int i = 0; i < 50; ++i) detector.pass(std::vector<double>(10, 5.0));
  EXPECT_GT(detector.evaluate({5}).p, 0.1);
}

TEST(Cusum, WithoutASpreadItWaits) {
  Detector detector(10);
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_WARMING_UP);
  detector.learn({0.1, 0.1, 0.1});
  EXPECT_EQ(detector.evaluate({0.1}).p, 1);
  EXPECT_NEAR(detector.evaluate({0.2, 0.3}).p, 1.0 / 10, 1e-15)
      << "of five values, the two that differ are last";
  EXPECT_EQ(detector.evaluate({-1}).outputs[0], -largest);
}

TEST(Cusum, OverflowIsUndefined) {
  Detector detector(3);
  detector.learn({1e300, -1e300, 0});
  EXPECT_EQ(detector.evaluate({1}).outcome, ODDITY_UNDEFINED);
  detector.learn({1, 2, 3});
  EXPECT_EQ(detector.evaluate({2}).p, 1);
}

}  // namespace
}  // namespace oddity::plugins
