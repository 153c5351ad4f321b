// How many of some windows, and how sure that is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace oddity::calibration {

struct Interval {
  double low = 0;
  double high = 1;
};

struct Share {
  std::int64_t count = 0;
  std::int64_t of = 0;

  void add(bool one) noexcept {
    count += one ? 1 : 0;
    ++of;
  }
  double value() const noexcept { return static_cast<double>(count) / static_cast<double>(of); }
  /// 95 %, for independent windows (Wilson 1927, Journal of the American Statistical Association 22, p. 209).
  Interval interval() const noexcept {
    constexpr double z = 1.959964;
    const auto n = static_cast<double>(of);
    const double p = value();
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
  }
};

}  // namespace oddity::calibration
