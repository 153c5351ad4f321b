#include "calibration/noise.hpp"

#include <gmock/gmock.h>

#include <cmath>
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
  for (const NamedNoise& noise : noises) {
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
