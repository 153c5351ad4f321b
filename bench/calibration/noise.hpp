// Series in which nothing happens, of many kinds: what a detector is to be quiet about.
//
// 1. Noise noise(kind, seed)   the same seed gives the same series, whatever the standard library;
// 2. noise.next()              row by row.
#pragma once

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
  constant
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

/// Rows with a standard deviation of 1, but for Student's t (√3), the lognormal (2.2; that of its logarithm is
/// 1), the daily cycle (a sine of amplitude 5 with normal noise of 1), the walk (1 a step) and the constant.
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

  NoiseKind kind_;
  std::mt19937_64 random_;
  double day_;
  double spare_;  ///< the second of two normal numbers
  bool has_spare_ = false;
  double last_ = 0;
  double row_ = 0;
};

}  // namespace oddity::calibration
