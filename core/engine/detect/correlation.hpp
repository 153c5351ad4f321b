// How much one sample says about the next: what makes many samples worth few.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "oddity/state.hpp"

namespace oddity::detect {

/// The autocorrelation of a field's rows at a lag of one, over all rows at first, and over the last ten
/// thousand or so in the long run.
class Correlation {
 public:
  /// Rows one after the other, all finite.
  void add(std::span<const double> values) noexcept {
    for (const double value : values) add(value);
  }
  /// In (−1, 1); 0 while there are too few rows, or where they do not vary. Corrected for the bias of short
  /// series, which is about −(1 + 3r)/n (Marriott & Pope 1954, Biometrika 41, p. 390).
  double lag_one() const noexcept {
    constexpr double few = 20;
    constexpr double most = 0.999;
    if (count_ < few || !(square_ > 0)) return 0;
    const double plain = product_ / square_;
    return std::clamp(plain + (1 + 3 * plain) / count_, -most, most);
  }

  bool empty() const noexcept { return count_ == 0; }
  void save(StateWriter& out) const {
    out.write(std::span<const double>({count_, mean_, square_, product_, last_}));
  }
  void restore(StateReader& in) {
    double numbers[5];
    in.read_finite(numbers);
    count_ = numbers[0];
    mean_ = numbers[1];
    square_ = numbers[2];
    product_ = numbers[3];
    last_ = numbers[4];
    if (count_ < 0 || count_ > memory || square_ < 0)
      throw StateError("a correlation in the state cannot be one");
  }

 private:
  void add(double value) noexcept {
    constexpr double huge = 1e150;
    if (!(std::abs(value) < huge)) return;
    const bool first = count_ == 0;
    count_ = std::min(count_ + 1, memory);
    const double weight = 1 / count_;
    const double from_mean = value - mean_;
    if (!first) {
      square_ += weight * (from_mean * from_mean * (1 - weight) - square_);
      product_ += weight * (from_mean * (last_ - mean_) * (1 - weight) - product_);
    }
    mean_ += weight * from_mean;
    last_ = value;
  }

  static constexpr double memory = 10'000;
  double count_ = 0;
  double mean_ = 0;
  double square_ = 0;   ///< mean square of the deviations
  double product_ = 0;  ///< mean product of one's deviation and the next one's
  double last_ = 0;
};

}  // namespace oddity::detect
