// What novelty measures a row by: the nearest of earlier rows and levels, and how rare distances are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "novelty/levels.hpp"
#include "novelty/nearest.hpp"
#include "novelty/past.hpp"
#include "novelty/tail_histogram.hpp"

namespace oddity::plugins::novelty {
namespace {

TEST(Nearest, IsTheSmallestDistanceForEachWayWhateverTheNumberOfRows) {
  std::mt19937 draw(7);
  std::normal_distribution<float> noise;
  constexpr std::size_t before = readable_before;
  for (std::size_t rows = 0; rows < 70; ++rows) {
    std::vector<float> values(before + rows);
    for (float& value : values) value = noise(draw);
    Shape shape;
    for (float& value : shape) value = noise(draw);

    Distances expected = nowhere_near;
    constexpr std::size_t lengths[] = {2, 3, 5, 8, 12};
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t way = 0; way < ways; ++way) {
        float farthest = 0;
        for (std::size_t back = 0; back < lengths[way]; ++back)
          farthest = std::max(farthest, std::abs(values[before + row - back] - shape[back]));
        expected[way] = std::min(expected[way], farthest);
      }
    }
    EXPECT_EQ(nearest(std::span(values).subspan(before), shape, nowhere_near), expected) << rows;
  }
}

TEST(Nearest, LevelIsTheSmallestDistanceByTheMedianAndByTheQuantiles) {
  std::mt19937 draw(8);
  std::normal_distribution<float> noise;
  for (std::size_t rows = 0; rows < 70; ++rows) {
    std::vector<float> median(rows), low(rows), high(rows);
    for (std::vector<float>* column : {&median, &low, &high})
      for (float& value : *column) value = noise(draw);
    LevelDistances expected = no_level;
    for (std::size_t row = 0; row < rows; ++row) {
      expected[0] = std::min(expected[0], std::abs(median[row] - 1));
      expected[1] = std::min(expected[1], std::max(std::abs(low[row] + 1), std::abs(high[row] - 2)));
    }
    EXPECT_EQ(nearest_level({median, low, high}, {1, -1, 2}), expected) << rows;
  }
}

/// Levels by their definition: values before the first are 0, quantiles between two ranks in proportion.
Level level_by_sorting(const std::vector<float>& values) {
  const auto latest = [&](std::size_t count) {
    std::vector<float> sorted(count);
    for (std::size_t back = 0; back < count && back < values.size(); ++back)
      sorted[back] = values[values.size() - 1 - back];
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  const auto all = latest(48), short_ones = latest(24);
  return {(all[23] + all[24]) / 2, short_ones[2] + 0.3F * (short_ones[3] - short_ones[2]),
          short_ones[20] + 0.7F * (short_ones[21] - short_ones[20])};
}

TEST(Levels, AreTheMedianOf48AndTheQuantilesOf24) {
  std::mt19937 draw(9);
  std::uniform_int_distribution<int> few(-3, 3);
  Past past;
  Levels levels;
  std::vector<float> values;
  std::vector<Level> all;
  for (int row = 0; row < 200; ++row) {
    const auto value = static_cast<float>(few(draw));
    values.push_back(value);
    const Level level = levels.level_with(past, value), expected = level_by_sorting(values);
    EXPECT_EQ(level.median, expected.median) << row;
    EXPECT_EQ(level.low, expected.low) << row;
    EXPECT_EQ(level.high, expected.high) << row;
    LevelDistances nearest = no_level;
    for (const Level& other : all) {
      nearest[0] = std::min(nearest[0], std::abs(other.median - level.median));
      nearest[1] =
          std::min(nearest[1], std::max(std::abs(other.low - level.low), std::abs(other.high - level.high)));
    }
    EXPECT_EQ(levels.nearest_to(level), nearest) << row;
    all.push_back(level);
    levels.add(past, value);
    past.add(value, false);
  }
}

TEST(Levels, AreTheSameAnewFromThePast) {
  std::mt19937 draw(10);
  std::normal_distribution<float> noise;
  Past past;
  Levels levels;
  for (int row = 0; row < 8000; ++row) {
    const float value = noise(draw);
    if (row < 100 || row % 1000 == 0) {
      Levels anew;
      anew.renew(past);
      const Level level = levels.level_with(past, value), again = anew.level_with(past, value);
      EXPECT_EQ(level.median, again.median) << row;
      EXPECT_EQ(level.low, again.low) << row;
      EXPECT_EQ(level.high, again.high) << row;
      EXPECT_EQ(levels.nearest_to(level), anew.nearest_to(level)) << row;
    }
    levels.add(past, value);
    past.add(value, false);
  }
}

TEST(TailHistogram, KnowsHowRareValuesOfAnExponentialDistributionAreBeyondAllThatItSaw) {
  std::mt19937_64 draw(3);
  std::exponential_distribution<double> exponential(1);
  TailHistogram distribution(20000);
  for (int i = 0; i < 19000; ++i) distribution.add(exponential(draw));
  for (const double value : {0.1, 1.0, 3.0, 6.0, 9.0})
    EXPECT_NEAR(distribution.surprise(value), value / std::log(10), 0.05 + 0.03 * value) << value;
  for (const double value : {14.0, 18.0, 1e6})
    EXPECT_NEAR(distribution.surprise(value), std::log10(3 * 2 * 19001), 1e-9) << "once in all, and no more";
}

TEST(TailHistogram, CallsNothingMuchRarerThanItHasBeen) {
  TailHistogram distribution(20000);
  for (int i = 0; i < 19000; ++i) distribution.add(i % 950 == 0 ? 1 : 0.001);
  EXPECT_NEAR(distribution.surprise(1), std::log10(3 * 19001 / 20.5), 1e-9) << "twenty times already";
}

TEST(TailHistogram, SaysWhichValueAShareExceeds) {
  TailHistogram distribution(20000);
  for (int i = 1; i <= 1000; ++i) distribution.add(i);
  EXPECT_NEAR(distribution.exceeded_by(0.05), 950, 5);
  EXPECT_NEAR(distribution.exceeded_by(0.5), 500, 5);
}

TEST(TailHistogram, MovesUpWithValuesOfAnotherOrderOfMagnitude) {
  TailHistogram distribution(20000);
  for (int i = 0; i < 1000; ++i) distribution.add(1e-9);
  for (int i = 0; i < 1000; ++i) distribution.add(1e30);
  EXPECT_EQ(distribution.count(), 2000U);
  EXPECT_NEAR(distribution.surprise(1e20), -std::log10(0.5), 0.01);
}

TEST(TailHistogram, ForgetsByHalvesAtItsCapacity) {
  TailHistogram distribution(1000);
  for (int i = 0; i < 1000; ++i) distribution.add(1);
  EXPECT_EQ(distribution.count(), 500U);
}

}  // namespace
}  // namespace oddity::plugins::novelty
