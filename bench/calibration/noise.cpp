#include "calibration/noise.hpp"

#include <cmath>

namespace oddity::calibration {

Noise::Noise(NoiseKind kind, std::uint64_t seed, int rows_a_day)
    : kind_(kind), random_(seed), day_(rows_a_day), spare_(0) {
  if (kind_ != NoiseKind::walk) last_ = normal();  // an autoregression begins as it goes on
}

double Noise::next() {
  switch (kind_) {
    case NoiseKind::normal:
      return normal();
    case NoiseKind::student:
      return student();
    case NoiseKind::lognormal:
      return std::exp(normal());
    case NoiseKind::ar_05:
      return autoregressive(0.5);
    case NoiseKind::ar_08:
      return autoregressive(0.8);
    case NoiseKind::ar_095:
      return autoregressive(0.95);
    case NoiseKind::integers:
      return std::round(normal());
    case NoiseKind::daily: {
      constexpr double amplitude = 5;
      row_ += 1;
      return amplitude * std::sin(2 * std::numbers::pi * row_ / day_) + normal();
    }
    case NoiseKind::walk:
      return last_ += normal();
    case NoiseKind::constant:
      return 20;
  }
  return 0;
}

/// In (0, 1).
double Noise::uniform() { return (static_cast<double>(random_() >> 11) + 0.5) * 0x1p-53; }

/// Box & Muller 1958, Annals of Mathematical Statistics 29, p. 610.
double Noise::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const double radius = std::sqrt(-2 * std::log(uniform()));
  const double angle = 2 * std::numbers::pi * uniform();
  spare_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

/// By its definition: a normal number, divided by the root of the mean of three squares.
double Noise::student() {
  const double number = normal();
  double squares = 0;
  for (int i = 0; i < 3; ++i) {
    const double one = normal();
    squares += one * one;
  }
  return number / std::sqrt(squares / 3);
}

double Noise::autoregressive(double correlation) {
  last_ = correlation * last_ + std::sqrt(1 - correlation * correlation) * normal();
  return last_;
}

}  // namespace oddity::calibration
