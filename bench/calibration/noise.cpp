#include "calibration/noise.hpp"

#include <cmath>

namespace oddity::calibration {

Noise::Noise(NoiseKind kind, std::uint64_t seed, int rows_a_day)
    : kind_(kind), random_(seed), day_(rows_a_day), spare_(0) {
  // An autoregression begins as it goes on; others up to the constant keep the numbers of the page's tables.
  if (kind_ <= NoiseKind::constant && kind_ != NoiseKind::walk) last_ = normal();
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
    case NoiseKind::daily:
      return daily(5);
    case NoiseKind::walk:
      return last_ += normal();
    case NoiseKind::constant:
      return 20;
    case NoiseKind::square:
      return (std::fmod(row_++, day_) < day_ / 2 ? -5 : 5) + normal();
    case NoiseKind::one_in_fifty:
      return once_in(50) ? 1 : 0;
    case NoiseKind::weekly:
      return daily(std::fmod(row_, 7 * day_) < 5 * day_ ? 5 : 2.5);
    case NoiseKind::two_levels:
      if (once_in(30)) last_ = last_ == 0 ? 10 : 0;
      return last_ + normal();
    case NoiseKind::sawtooth:
      return std::fmod(row_++, 100) / 10 + normal();
    case NoiseKind::counter:
      last_ = once_in(1000) ? 0 : last_ + count(1);
      return last_;
    case NoiseKind::garch:
      return garch();
    case NoiseKind::counts:
      return count(3);
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

double Noise::daily(double amplitude) {
  row_ += 1;
  return amplitude * std::sin(2 * std::numbers::pi * row_ / day_) + normal();
}

/// Bollerslev 1986, Journal of Econometrics 31, p. 307; of variance 1 as a whole.
double Noise::garch() {
  const double value = std::sqrt(variance_) * normal();
  variance_ = 0.05 + 0.1 * value * value + 0.85 * variance_;
  return value;
}

/// Poisson's, for a small mean: how many uniform numbers it takes until their product is below exp(-mean) (Knuth
/// 1969, The Art of Computer Programming 2, 3.4.1).
double Noise::count(double mean) {
  const double end = std::exp(-mean);
  double number = -1;
  for (double product = 1; product > end; ++number) product *= uniform();
  return number;
}

double Noise::autoregressive(double correlation) {
  last_ = correlation * last_ + std::sqrt(1 - correlation * correlation) * normal();
  return last_;
}

}  // namespace oddity::calibration
