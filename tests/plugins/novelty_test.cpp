#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "novelty/nearest.hpp"
#include "novelty/series.hpp"
#include "novelty/tail_histogram.hpp"

namespace oddity::plugins::novelty {
namespace {

constexpr std::int64_t minute = 60'000'000'000;

/// A series that takes a row a minute, normal while its p is above a thousandth.
class Minutes {
 public:
  explicit Minutes(LooksFor looks_for = LooksFor::both) : series_(looks_for) {}

  /// The p-value of the next row; 1 while the series is new.
  double next(double value) {
    const Row row = series_.look(value);
    const double p = series_.is_new() ? 1 : series_.p(row);
    series_.take(row, value, minute * ++rows_, p > 0.001);
    return p;
  }
  const Series& series() const { return series_; }

 private:
  Series series_;
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
  constexpr std::size_t before = longest_shape - 1;
  for (std::size_t rows = 0; rows < 70; ++rows) {
    std::vector<float> values(before + rows), least(rows), greatest(rows);
    for (std::vector<float>* column : {&values, &least, &greatest})
      for (float& value : *column) value = noise(draw);
    Shape shape;
    for (float& value : shape.values) value = noise(draw);
    shape.least = -1;
    shape.greatest = 1;

    Distances expected = nowhere_near;
    constexpr std::size_t lengths[] = {2, 3, 5, 8, 0, 12};
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t way = 0; way < ways; ++way) {
        float farthest =
            way == way_of_extremes ? std::max(std::abs(least[row] + 1), std::abs(greatest[row] - 1)) : 0;
        for (std::size_t back = 0; back < lengths[way]; ++back)
          farthest = std::max(farthest, std::abs(values[before + row - back] - shape.values[back]));
        expected[way] = std::min(expected[way], farthest);
      }
    }
    EXPECT_EQ(nearest({std::span(values).subspan(before), least, greatest}, shape, nowhere_near), expected)
        << rows;
  }
}

TEST(TailHistogram, KnowsHowRareValuesOfAnExponentialDistributionAreBeyondAllThatItSaw) {
  std::mt19937_64 draw(3);
  std::exponential_distribution<double> exponential(1);
  TailHistogram distribution(20000);
  for (int i = 0; i < 19000; ++i) distribution.add(exponential(draw));
  for (const double value : {0.1, 1.0, 3.0, 6.0, 9.0, 14.0, 18.0})
    EXPECT_NEAR(distribution.surprise(value), value / std::log(10), 0.05 + 0.03 * value) << value;
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
  Minutes minutes;
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
    saved_one.take(row, value, minute * (5000 + i), i % 7 != 0);
    restored.take(again, value, minute * (5000 + i), i % 7 != 0);
  }
  EXPECT_EQ(saved(restored), saved(saved_one));
}

}  // namespace
}  // namespace oddity::plugins::novelty
