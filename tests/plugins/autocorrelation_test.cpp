// What `autocorrelation: adjust` is for: where a row says something about the next, p of a detector that takes
// all for independent is far too small, and by the autocorrelation that the host hands in it is about right.
//
// Noise of a first-order autoregression, so every small p is a false alarm.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "instance.hpp"
#include "own_classes.hpp"

namespace oddity::plugins {
namespace {

/// The share of windows of `rows` values with p below 0.01, of series whose neighbours correlate by `lag_one`.
template <class D>
double share_below(double lag_one, double told, std::size_t rows) {
  constexpr int series = 10, windows = 400, history = 1'000;
  std::mt19937_64 random(20160101);
  std::normal_distribution<double> normal;
  int below = 0;
  for (int i = 0; i < series; ++i) {
    test::Instance<D> detector(history);
    detector.set_autocorrelation(told);
    double level = normal(random);
    const auto next = [&](std::size_t count) {
      std::vector<double> values(count);
      for (double& value : values)
        value = level = lag_one * level + std::sqrt(1 - lag_one * lag_one) * normal(random);
      return values;
    };
    detector.learn(next(history));
    for (int turn = 0; turn < windows; ++turn) {
      const std::vector<double> window = next(rows);
      below += detector.evaluate(window).p < 0.01 ? 1 : 0;
      detector.learn(window);
    }
  }
  return static_cast<double>(below) / (series * windows);
}

template <class D>
void expect_adjusted(std::size_t rows, double worse, double most) {
  constexpr double lag_one = 0.6;
  const double plain = share_below<D>(lag_one, 0, rows);
  const double adjusted = share_below<D>(lag_one, lag_one, rows);
  std::printf("%-12s %3zu rows: below 0.01 are %.2f %%, adjusted %.2f %%\n", D::description.name, rows,
              100 * plain, 100 * adjusted);
  EXPECT_GT(plain, worse) << "what is to be mended shows";
  EXPECT_LT(adjusted, most);
}

TEST(Autocorrelation, OfALevelIsTakenIntoAccount) {
  expect_adjusted<TTest>(30, 0.1, 0.03);
  expect_adjusted<ZScore>(30, 0.1, 0.03);
  expect_adjusted<MedianAbsoluteDeviation>(30, 0.1, 0.03);
  expect_adjusted<MannWhitney>(30, 0.1, 0.03);
}

TEST(Autocorrelation, OfAChartIsTakenIntoAccount) {
  expect_adjusted<Ewma>(10, 0.05, 0.02);
  expect_adjusted<Cusum>(10, 0.05, 0.03);
}

TEST(Autocorrelation, OfASpreadIsTakenIntoAccount) { expect_adjusted<Variance>(30, 0.02, 0.03); }

}  // namespace
}  // namespace oddity::plugins
