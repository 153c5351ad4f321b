// Random numbers from a seed, the same on every run.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace oddity::conformance {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }
  /// In [0, 1).
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double uniform(double min, double max) { return min + (max - min) * uniform(); }
  /// In [0, count); count at least 1.
  std::uint64_t below(std::uint64_t count) { return bits() % count; }
  /// Mean 0, deviation 1 (Box & Muller 1958, Annals of Mathematical Statistics 29, p. 610).
  double normal() {
    const double radius = std::sqrt(-2 * std::log1p(-uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace oddity::conformance
