// Series in which nothing happens, of many kinds: what a detector is to be quiet about.
//
// 1. Noise noise(kind, seed)   the same seed gives the same series, whatever the standard library;
// 2. noise.next()              row by row.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numbers>
#include <random>
#include <string_view>

namespace oddity::calibration {

enum class NoiseKind : std::uint8_t {
  normal,
  student,
  lognormal,
  ar_05,
  ar_08,
  ar_095,
  integers,
  daily,
  walk,
  constant,
  square,
  one_in_fifty,
  weekly,
  two_levels,
  sawtooth,
  counter,
  garch,
  counts
};

struct NamedNoise {
  NoiseKind kind;
  std::string_view name;  ///< in the page's tables
};

inline constexpr std::array noises{
    NamedNoise{NoiseKind::normal, "normal"},       NamedNoise{NoiseKind::student, "Student t(3)"},
    NamedNoise{NoiseKind::lognormal, "lognormal"}, NamedNoise{NoiseKind::ar_05, "AR(1) 0.5"},
    NamedNoise{NoiseKind::ar_08, "AR(1) 0.8"},     NamedNoise{NoiseKind::ar_095, "AR(1) 0.95"},
    NamedNoise{NoiseKind::integers, "integers"},   NamedNoise{NoiseKind::daily, "daily cycle"},
    NamedNoise{NoiseKind::walk, "random walk"},    NamedNoise{NoiseKind::constant, "constant"}};

/// Those that only single rows are measured on as well: what services and devices do, where nothing happens.
inline constexpr std::array more_noises{
    NamedNoise{NoiseKind::square, "square wave"},      NamedNoise{NoiseKind::one_in_fifty, "1 in fifty rows"},
    NamedNoise{NoiseKind::weekly, "daily and weekly"}, NamedNoise{NoiseKind::two_levels, "two levels"},
    NamedNoise{NoiseKind::sawtooth, "sawtooth"},       NamedNoise{NoiseKind::counter, "counter"},
    NamedNoise{NoiseKind::garch, "GARCH(1,1)"},        NamedNoise{NoiseKind::counts, "Poisson counts"}};

/// All of them, in the order of the page's tables.
inline constexpr auto all_noises = [] {
  std::array<NamedNoise, noises.size() + more_noises.size()> all{};
  std::copy(noises.begin(), noises.end(), all.begin());
  std::copy(more_noises.begin(), more_noises.end(), all.begin() + noises.size());
  return all;
}();

/// Rows with a standard deviation of 1, but for Student's t (√3), the lognormal (2.2; that of its logarithm is
/// 1), the daily cycle (a sine of amplitude 5 with normal noise of 1), the walk (1 a step) and the constant.
/// Of the further ones, those without another noise have a normal one of 1: a square wave between -5 and 5, half a
/// day each; 0, and 1 in one row of fifty; the daily cycle, half as high on two days of seven; 0 or 10, changing in
/// one row of thirty; a sawtooth from 0 to 10 in a hundred rows; a count of mean 1 a row, added up, which begins
/// anew in one row of a thousand; GARCH(1,1), whose spread comes and goes (ω 0.05, α 0.1, β 0.85); counts of
/// mean 3.
class Noise {
 public:
  static constexpr int minutes_a_day = 1440;

  /// `rows_a_day`: the period of the daily cycle.
  Noise(NoiseKind kind, std::uint64_t seed, int rows_a_day = minutes_a_day);

  double next();

 private:
  double uniform();
  double normal();
  double student();
  double autoregressive(double correlation);
  double daily(double amplitude);
  double garch();
  double count(double mean);
  bool once_in(double rows) { return uniform() * rows < 1; }

  NoiseKind kind_;
  std::mt19937_64 random_;
  double day_;
  double spare_;  ///< the second of two normal numbers
  bool has_spare_ = false;
  double last_ = 0;
  double variance_ = 1;  ///< of the GARCH's next row
  double row_ = 0;
};

}  // namespace oddity::calibration
