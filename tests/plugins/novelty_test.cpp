#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "novelty/levels.hpp"
#include "novelty/nearest.hpp"
#include "novelty/series.hpp"
#include "novelty/tail_histogram.hpp"

namespace oddity::plugins::novelty {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

/// A series that takes a row a minute, or as told, normal while its p is above a thousandth.
class Minutes {
 public:
  explicit Minutes(LooksFor looks_for = LooksFor::both, std::int64_t step = minute)
      : series_(looks_for), step_(step) {}

  /// The p-value of the next row; 1 while the series is new.
  double next(double value) {
    const Row row = series_.look(value);
    const double p = series_.is_new() ? 1 : series_.p(row);
    series_.take(row, value, step_ * ++rows_, p > 0.001);
    why_ = series_.rarest_way(row);
    return p;
  }
  const Series& series() const { return series_; }
  /// In which way the latest row was rarest.
  std::size_t why() const { return why_; }

 private:
  Series series_;
  std::int64_t step_;
  std::size_t why_ = 0;
  std::int64_t rows_ = 0;
};

int is_odd(double p) { return p < 0.001 ? 1 : 0; }

/// A day's cycle with noise, a value a minute.
class Site {
 public:
  double next() { return 100 + 40 * std::sin(2 * M_PI * ++row_ / 1440) + noise_(draw_); }
  double noise() { return noise_(draw_); }

 private:
  double row_ = 0;
  std::mt19937_64 draw_{1};
  std::normal_distribution<double> noise_{0, 2};
};

std::string saved(const Series& series) {
  std::string bytes;
  const oddity_sink sink{&bytes, [](void* to, const void* from, std::uint64_t size) -> std::int32_t {
                           static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
                           return 0;
                         }};
  StateWriter writer(sink);
  series.snapshot(writer);
  return bytes;
}

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

TEST(Novelty, FindsASpikeAndTheSecondOfItsKindAsWell) {
  Minutes minutes;
  Site site;
  for (int i = 0; i < 4000; ++i) minutes.next(site.next());
  const double first = minutes.next(site.next() + 60);
  for (int i = 0; i < 200; ++i) minutes.next(site.next());
  const double second = minutes.next(site.next() + 60);
  EXPECT_LT(first, 1e-4);
  EXPECT_LT(second, 1e-4);
}

TEST(Novelty, FindsAShapeThatWasNeverThereThoughItsValuesWere) {
  Minutes minutes(LooksFor::rare);
  for (int i = 0; i < 4000; ++i) minutes.next(100 + 40 * std::sin(2 * M_PI * i / 60));
  double least = 1;
  for (int i = 0; i < 30; ++i) least = std::min(least, minutes.next(100 + 40 * std::sin(2 * M_PI * i / 30)));
  EXPECT_LT(least, 1e-3);
}

TEST(Novelty, LooksForLargeStepsAloneWhereAsked) {
  Minutes large(LooksFor::large), rare(LooksFor::rare);
  Site site;
  for (int i = 0; i < 4000; ++i) {
    const double value = site.next();
    large.next(value);
    rare.next(value);
  }
  // A drift that no minute shows, to where the series never was.
  double least_large = 1, least_rare = 1;
  for (int i = 0; i < 600; ++i) {
    const double value = site.next() + 0.3 * i;
    least_large = std::min(least_large, large.next(value));
    least_rare = std::min(least_rare, rare.next(value));
  }
  EXPECT_GT(least_large, 1e-4);
  EXPECT_LT(least_rare, 1e-4);
}

TEST(Novelty, FindsALevelThatNoValueShowsWhereValuesComeSlowly) {
  for (const std::int64_t step : {minute, 5 * minute}) {
    Minutes series(LooksFor::rare, step);
    Site site;
    bool by_level = false;
    for (int row = 0; row < 4100; ++row) {
      const double p = series.next(site.noise() + (row < 4000 ? 0 : 2.5));
      by_level = by_level || (row >= 4000 && p < 1e-3 && series.why() >= ways);
    }
    EXPECT_EQ(by_level, step > minute) << step;
  }
}

/// A series' past has the same number of rows, however fast they come; once a week is rarer then.
TEST(Novelty, FindsWhatIsNewAlsoWhereValuesComeEverySecond) {
  for (const std::int64_t distance : {minute, minute / 6, minute / 60}) {
    Minutes series(LooksFor::both, distance);
    Site site;
    const auto wave = [&](int row) { return 5 * std::sin(row / 10.0) + site.noise() / 20; };
    for (int row = 0; row < 20000; ++row) series.next(wave(row));
    const double a_week = 7.0 * 24 * 60 * static_cast<double>(minute) / static_cast<double>(distance);
    double least = 1;
    for (int row = 0; row < 12; ++row) least = std::min(least, series.next(row % 2 == 0 ? 1.5 : -1.5));
    EXPECT_LT(least, 1 / a_week) << distance;
  }
}

/// Who looks for the oddest row of a series asks for that.
TEST(Novelty, CallsTheOdderOfTwoRareRowsTheRarer) {
  Minutes series;
  Site site;
  for (int row = 0; row < 20000; ++row) series.next(site.noise());
  std::vector<std::pair<double, double>> rows;
  for (int i = 0; i < 800; ++i) {
    const Row row = series.series().look(i / 20.0);
    rows.emplace_back(row.odd, series.series().p(row));
  }
  std::sort(rows.begin(), rows.end());
  int rare = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].second > 0.01 || rows[i].first == rows[i - 1].first) continue;
    EXPECT_LT(rows[i].second, rows[i - 1].second) << rows[i].first;
    ++rare;
  }
  EXPECT_GT(rare, 50);
}

/// Once a week is every seventh of them.
TEST(Novelty, CallsWhatIsOdderRarerWhereValuesComeOnceADayAsWell) {
  Minutes series(LooksFor::both, 24 * 60 * minute);
  Site site;
  for (int row = 0; row < 2000; ++row) series.next(site.noise());
  double before = 1;
  for (const double value : {1.0, 7.0, 15.0, 100.0, 1000.0}) {
    const double p = series.series().p(series.series().look(value));
    EXPECT_LE(p, before) << value;
    before = p;
  }
  EXPECT_LT(before, 1e-3);
}

TEST(Novelty, RestsFromWhatFollowsSomethingRareWhereValuesComeSlowly) {
  Minutes series(LooksFor::rare, 5 * minute);
  Site site;
  for (int i = 0; i < 4000; ++i) series.next(site.noise());
  EXPECT_LT(series.next(11), 1e-3);
  for (int i = 0; i < 40; ++i) series.next(site.noise());
  EXPECT_GT(series.next(-9), 1e-3) << "new as well, but no large step";
  for (int i = 0; i < 40; ++i) series.next(site.noise());
  EXPECT_LT(series.next(3000), 1e-3) << "a large one";
}

TEST(Novelty, CallsNothingOddInAConstantAndTheFirstChangeAtOnce) {
  Minutes minutes;
  for (int i = 0; i < 2000; ++i) EXPECT_GT(minutes.next(5), 0.1) << i;
  EXPECT_LT(minutes.next(6), 1e-4);
}

TEST(Novelty, SeldomCallsNoiseOdd) {
  Site site;
  Minutes normal, cycle;
  int odd = 0;
  constexpr int rows = 20000;
  for (int i = 0; i < rows; ++i) {
    odd += is_odd(normal.next(site.noise()));
    odd += is_odd(cycle.next(site.next()));
  }
  EXPECT_LT(odd, 2 * 2 * rows / 1000);
}

TEST(Novelty, SaysTheSameOfASeriesInAnotherUnit) {
  Minutes minutes, in_another_unit;
  Site site;
  for (int i = 0; i < 3000; ++i) {
    const double value = site.next() + (i == 2000 ? 50 : 0);
    EXPECT_EQ(minutes.next(value), in_another_unit.next(std::ldexp(value, 300))) << i;
  }
}

TEST(Novelty, TakesAStepThatComesEveryDayAtItsTimeForNormal) {
  Minutes minutes;
  Site site;
  int first_days = 0, later_days = 0;
  for (int i = 0; i < 8 * 1440; ++i) {
    const int odd = minutes.next((i / 720 % 2) * 400 + site.noise()) < 1e-4 ? 1 : 0;
    (i < 3 * 1440 ? first_days : later_days) += odd;
  }
  EXPECT_GE(first_days, 1);
  EXPECT_EQ(later_days, 0);
}

TEST(Novelty, GrowsUsedToWhatIsRareButKeepsComing) {
  Minutes minutes(LooksFor::rare);
  Site site;
  for (int i = 0; i < 5000; ++i) minutes.next(site.next());
  int first_odd = 0, last_odd = 0;
  for (int spike = 0; spike < 40; ++spike) {
    const bool odd = minutes.next(site.next() + 60) < 1e-3;
    first_odd += spike < 5 && odd ? 1 : 0;
    last_odd += spike >= 35 && odd ? 1 : 0;
    for (int i = 0; i < 50; ++i) minutes.next(site.next());
  }
  EXPECT_GE(first_odd, 1);
  EXPECT_EQ(last_odd, 0);
}

TEST(Novelty, HoldsLessThan64KilobytesAndSavesLessThan32) {
  Minutes minutes;
  Site site;
  for (int i = 0; i < 9000; ++i) minutes.next(site.next());
  EXPECT_LE(sizeof(Series), 64U * 1024);
  EXPECT_LE(saved(minutes.series()).size(), 32U * 1024);
}

TEST(Novelty, GoesOnWithTheSameBitsFromASavedState) {
  for (const std::int64_t step : {minute, 5 * minute}) {
    Minutes minutes(LooksFor::both, step);
    Site site;
    for (int i = 0; i < 4100; ++i) minutes.next(site.next() + (i % 500 == 499 ? 60 : 0));
    const std::string bytes = saved(minutes.series());
    Series restored(LooksFor::both);
    StateReader reader(std::as_bytes(std::span(bytes.data(), bytes.size())));
    restored.restore(reader);
    reader.expect_end();
    EXPECT_EQ(saved(restored), bytes);
    Series saved_one = minutes.series();
    for (int i = 0; i < 1000; ++i) {
      const double value = site.next() + (i % 300 == 0 ? 40 : 0);
      const Row row = saved_one.look(value), again = restored.look(value);
      ASSERT_EQ(saved_one.p(row), restored.p(again)) << i;
      saved_one.take(row, value, step * (5000 + i), i % 7 != 0);
      restored.take(again, value, step * (5000 + i), i % 7 != 0);
    }
    EXPECT_EQ(saved(restored), saved(saved_one));
  }
}

}  // namespace
}  // namespace oddity::plugins::novelty
