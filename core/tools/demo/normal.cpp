#include "demo/normal.hpp"

#include <cmath>
#include <utility>

namespace oddity::demo {

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
  const double scale = std::sqrt(-2 * std::log(s) / s);
  spare_ = v * scale;
  has_spare_ = true;
  return u * scale;
}

}  // namespace oddity::demo
