#include "demo/normal.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace oddity::demo {

double logarithm(double x) noexcept {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);  // in [0.5, 1); exact
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2;
    --exponent;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)); |ratio| <= 0.1716, so twelve terms leave less than 1e-19.
  const double ratio = (mantissa - 1) / (mantissa + 1);
  const double square = ratio * ratio;
  double sum = 0;
  for (int k = 23; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
  return 2 * ratio * sum + exponent * std::numbers::ln2;
}

std::uint64_t Normal::bits() noexcept {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

double Normal::uniform() noexcept { return static_cast<double>(bits() >> 11) * 0x1p-52 - 1; }

double Normal::next() noexcept {
  if (std::exchange(has_spare_, false)) return spare_;
  double u = 0, v = 0, s = 0;
  do {
    u = uniform();
    v = uniform();
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const double scale = std::sqrt(-2 * logarithm(s) / s);
  spare_ = v * scale;
  has_spare_ = true;
  return u * scale;
}

}  // namespace oddity::demo
