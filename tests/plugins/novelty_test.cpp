#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "novelty/series.hpp"

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
