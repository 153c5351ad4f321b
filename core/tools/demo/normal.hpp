// Normal random numbers from a seed.
#pragma once

#include <cstdint>

namespace oddity::demo {

/// SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, p. 459) under Marsaglia's polar method (Marsaglia & Bray 1964, SIAM
/// Review 6, p. 260). The logarithm of another libm may differ in its last bit; the demo's day is rounded to six decimals.
class Normal {
 public:
  explicit Normal(std::uint64_t seed) noexcept : state_(seed) {}

  double next(double mean, double deviation) noexcept { return mean + deviation * next(); }
  /// Mean 0, deviation 1.
  double next() noexcept;

 private:
  std::uint64_t bits() noexcept;
  double uniform() noexcept;  ///< in (-1, 1), a multiple of 2^-52

  std::uint64_t state_;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace oddity::demo
