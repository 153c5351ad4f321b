#include "calibration/noise.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace oddity::calibration {
namespace {

std::vector<double> rows(NoiseKind kind, std::size_t count, std::uint64_t seed = 1) {
  Noise noise(kind, seed);
  std::vector<double> values(count);
  for (double& value : values) value = noise.next();
  return values;
}

double mean_product(const std::vector<double>& values, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = lag; i < values.size(); ++i) sum += values[i] * values[i - lag];
  return sum / static_cast<double>(values.size() - lag);
}

constexpr std::size_t many = 200'000;

TEST(Noise, IsTheSameForTheSameSeedAndAnotherForAnother) {
  for (const NamedNoise& noise : all_noises) {
    EXPECT_EQ(rows(noise.kind, 100), rows(noise.kind, 100)) << noise.name;
    if (noise.kind == NoiseKind::constant) continue;
    EXPECT_NE(rows(noise.kind, 100), rows(noise.kind, 100, 2)) << noise.name;
  }
}

TEST(Noise, OfOneVarianceHasIt) {
  for (const NoiseKind kind : {NoiseKind::normal, NoiseKind::ar_05, NoiseKind::ar_08, NoiseKind::ar_095})
    EXPECT_NEAR(mean_product(rows(kind, many), 0), 1, 0.05);
  EXPECT_NEAR(mean_product(rows(NoiseKind::integers, many), 0), 1 + 1.0 / 12, 0.02);
}

TEST(Noise, OfAnAutoregressionCorrelatesAsItsNameSays) {
  EXPECT_NEAR(mean_product(rows(NoiseKind::normal, many), 1), 0, 0.02);
  EXPECT_NEAR(mean_product(rows(NoiseKind::ar_05, many), 1), 0.5, 0.02);
  EXPECT_NEAR(mean_product(rows(NoiseKind::ar_08, many), 1), 0.8, 0.03);
  EXPECT_NEAR(mean_product(rows(NoiseKind::ar_095, many), 1), 0.95, 0.05);
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(Noise, OfASquareWaveIsHalfOfADayLowAndHalfHigh) {
  const std::vector<double> values = rows(NoiseKind::square, Noise::minutes_a_day);
  const auto noon = values.begin() + Noise::minutes_a_day / 2;
  EXPECT_NEAR(mean({values.begin(), noon}), -5, 0.2);
  EXPECT_NEAR(mean({noon, values.end()}), 5, 0.2);
}

TEST(Noise, OfOneInFiftyRowsIsZeroOtherwise) {
  const std::vector<double> values = rows(NoiseKind::one_in_fifty, many);
  EXPECT_THAT(values, testing::Each(testing::AnyOf(0, 1)));
  EXPECT_NEAR(mean(values), 0.02, 0.002);
}

TEST(Noise, OfAWeekHasTwoQuieterDays) {
  const std::vector<double> values = rows(NoiseKind::weekly, std::size_t{7} * Noise::minutes_a_day);
  const auto saturday = values.begin() + 5 * Noise::minutes_a_day;
  EXPECT_NEAR(mean_product({values.begin(), saturday}, 0), 12.5 + 1, 0.5);
  EXPECT_NEAR(mean_product({saturday, values.end()}, 0), 3.125 + 1, 0.3);
}

TEST(Noise, OfTwoLevelsStaysForSomeThirtyRows) {
  const std::vector<double> values = rows(NoiseKind::two_levels, many);
  EXPECT_NEAR(mean(values), 5, 0.3);
  std::size_t changes = 0;
  for (std::size_t i = 1; i < many; ++i) changes += (values[i] > 5) != (values[i - 1] > 5) ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(many) / static_cast<double>(changes), 30, 2);
}

TEST(Noise, OfASawtoothRisesForAHundredRows) {
  const std::vector<double> values = rows(NoiseKind::sawtooth, many);
  EXPECT_NEAR(mean(values), 4.95, 0.05);
  EXPECT_NEAR(mean_product(values, 100) - mean(values) * mean(values), 8.33, 0.2);
}

TEST(Noise, OfACounterNeverFallsButToZero) {
  const std::vector<double> values = rows(NoiseKind::counter, many);
  std::size_t resets = 0;
  for (std::size_t i = 1; i < many; ++i) {
    resets += values[i] < values[i - 1] ? 1 : 0;
    EXPECT_TRUE(values[i] >= values[i - 1] || values[i] == 0);
  }
  EXPECT_NEAR(static_cast<double>(resets), 200, 50);
}

TEST(Noise, OfAGarchHasASpreadThatComesAndGoes) {
  std::vector<double> values = rows(NoiseKind::garch, many);
  EXPECT_NEAR(mean_product(values, 0), 1, 0.1);
  EXPECT_NEAR(mean_product(values, 1), 0, 0.02);
  for (double& value : values) value *= value;
  EXPECT_GT(mean_product(values, 1) - std::pow(mean(values), 2), 0.2) << "large after large";
}

TEST(Noise, OfCountsHasTheVarianceOfItsMean) {
  const std::vector<double> values = rows(NoiseKind::counts, many);
  EXPECT_NEAR(mean(values), 3, 0.03);
  EXPECT_NEAR(mean_product(values, 0) - 9, 3, 0.2);
}

TEST(Noise, OfStudentLiesFarOutAsOftenAsItsTableSays) {
  std::size_t beyond = 0;
  for (const double value : rows(NoiseKind::student, many)) beyond += std::abs(value) > 3.182 ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(beyond) / many, 0.05, 0.003);
}

TEST(Noise, OfADayRepeatsAfterItsRows) {
  const std::vector<double> values = rows(NoiseKind::daily, many);
  EXPECT_NEAR(mean_product(values, Noise::minutes_a_day), 12.5, 0.3);
  EXPECT_NEAR(mean_product(values, Noise::minutes_a_day / 2), -12.5, 0.3);
}

}  // namespace
}  // namespace oddity::calibration
