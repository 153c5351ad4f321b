#include "oddity/rarity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace oddity {
namespace {

SortedWindow window_of(const std::vector<double>& deviations) {
  SortedWindow window(deviations.size());
  window.add(deviations);
  return window;
}

/// −100 … 100 without 0: the 95 % quantile of the absolute values is 95.05 (numpy.quantile: 95.05).
SortedWindow hundred_each_way() {
  std::vector<double> deviations;
  for (int i = 1; i <= 100; ++i)
    deviations.insert(deviations.end(), {static_cast<double>(i), static_cast<double>(-i)});
  return window_of(deviations);
}

TEST(Rarity, TheUsualDeviationIsThatOfATwentieth) {
  const SortedWindow window = hundred_each_way();
  EXPECT_NEAR(Rarity(window, 0).usual(), 95.05, 1e-12);
  EXPECT_EQ(Rarity(window, 200).usual(), 200);
}

TEST(Rarity, BelowTheUsualOneRanksDecide) {
  const SortedWindow window = hundred_each_way();
  const Rarity rarity(window, 0);
  EXPECT_NEAR(rarity.p(50.5, Direction::both), 100.5 / 201, 1e-12);
  EXPECT_NEAR(rarity.p(50.5, Direction::above), 50.5 / 201, 1e-12);
  EXPECT_NEAR(rarity.p(50.5, Direction::below), 150.5 / 201, 1e-12);
  EXPECT_NEAR(rarity.p(-50, Direction::both), 101.5 / 201, 1e-12) << "half of what is as large counts";
}

TEST(Rarity, AboveItSizeDecides) {
  const SortedWindow window = hundred_each_way();
  const Rarity rarity(window, 0);
  EXPECT_NEAR(rarity.p(6 * rarity.usual(), Direction::both), 0.05 * std::pow(6, -3.5), 1e-15);
  EXPECT_NEAR(rarity.p(6 * rarity.usual(), Direction::above), 0.025 * std::pow(6, -3.5), 1e-12);
  EXPECT_GT(rarity.p(6 * rarity.usual(), Direction::below), 0.99);
}

TEST(Rarity, ARankCountsDownToOneInFourHundred) {
  std::vector<double> deviations(2000);
  for (std::size_t i = 0; i < deviations.size(); ++i) deviations[i] = static_cast<double>(i) / 2000;
  const SortedWindow window = window_of(deviations);
  EXPECT_NEAR(Rarity(window, 0).p(0.99, Direction::both), 0.01, 1e-3) << "5 % · (0.99/0.95)^-3.5 is 0.043";
  EXPECT_EQ(Rarity(window, 0).p(1, Direction::both), 1.0 / 400);
}

TEST(Rarity, NeverGrowsWithTheDeviation) {
  for (const double least : {0.0, 30.0, 96.0, 300.0}) {
    const SortedWindow window = hundred_each_way();
    const Rarity rarity(window, least);
    for (const Direction direction : {Direction::both, Direction::above, Direction::below}) {
      const double sign = direction == Direction::below ? -1 : 1;
      double before = 1;
      for (int halves = direction == Direction::both ? 0 : -800; halves < 4000; ++halves) {
        const double far = halves / 2.0;
        const double p = rarity.p(sign * far, direction);
        ASSERT_LE(p, before) << far;
        before = p;
      }
    }
  }
}

TEST(Rarity, ReachIsWhereItsPTurns) {
  for (const double least : {0.0, 96.0, 300.0}) {
    for (const SortedWindow& window : {hundred_each_way(), window_of({3, -1, 2, 8, -9, 4, 4, 0, 0, 5})}) {
      const Rarity rarity(window, least);
      for (const Direction direction : {Direction::both, Direction::above, Direction::below}) {
        const double sign = direction == Direction::below ? -1 : 1;
        for (const double p : {1e-9, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.05, 0.2, 0.4}) {
          const double reach = rarity.reach(p, direction);
          const double beyond = reach + 1e-9 * (1 + std::abs(reach)),
                       within = reach - 1e-9 * (1 + std::abs(reach));
          EXPECT_LT(rarity.p(sign * beyond, direction), p) << least << ' ' << p;
          if (direction == Direction::both && within <= 0) continue;
          EXPECT_GE(rarity.p(sign * within, direction), p * (1 - 1e-6)) << least << ' ' << p;
        }
      }
    }
  }
}

TEST(Rarity, WhereNothingDeviatesThereIsNoUsualOne) {
  const SortedWindow window = window_of(std::vector<double>(50, 0.0));
  const Rarity rarity(window, 0);
  EXPECT_EQ(rarity.usual(), 0);
  EXPECT_NEAR(rarity.p(0, Direction::both), 25.5 / 51, 1e-12);
  EXPECT_NEAR(rarity.p(1, Direction::both), 0.5 / 51, 1e-12);
  EXPECT_EQ(rarity.reach(0.001, Direction::both), 0);
}

TEST(Rarity, OfOneDeviation) {
  const SortedWindow window = window_of({-2});
  EXPECT_EQ(Rarity(window, 0).usual(), 2);
  EXPECT_LT(Rarity(window, 0).p(200, Direction::both), 1e-6);
}

}  // namespace
}  // namespace oddity
