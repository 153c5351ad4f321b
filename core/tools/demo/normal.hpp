// Normal random numbers that are the same on every machine.
#pragma once

#include <cstdint>

namespace oddity::demo {

/// SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, p. 459) under Marsaglia's polar method (Marsaglia & Bray
/// 1964, SIAM Review 6, p. 260). Only operations that IEEE 754 rounds in one way are used: + - * / and sqrt;
/// the logarithm is built of them, since the one of libm differs between libraries in the last bit.
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

/// Natural logarithm of a normal positive number by the series of the inverse hyperbolic tangent; within
/// 4e-16 relative or, near 1, absolute.
double logarithm(double x) noexcept;

}  // namespace oddity::demo
