// Count, mean and sum of squares of some samples, and how two of them merge.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace oddity {

/// Of an empty set all members are 0. Where values are so large that a sum overflows, mean or sum_of_squares
/// is not finite.
struct Moments {
  std::uint64_t count = 0;
  double mean = 0;
  double sum_of_squares = 0;  ///< about the mean
  double least = 0;
  double most = 0;

  /// All samples are equal, to the last bit. Unlike `sum_of_squares == 0` this does not take samples whose
  /// squares underflow for equal ones.
  bool constant() const noexcept { return least == most; }
  /// Of a sample, with count - 1 below; needs two samples.
  double variance() const noexcept { return sum_of_squares / static_cast<double>(count - 1); }
};

/// In two passes, with the rounding of the mean taken out of the squares again (Chan, Golub & LeVeque 1983,
/// The American Statistician 37, p. 243, equation 1.7). Equal samples have exactly their value as mean, and
/// 0. `more` follows `samples`: the same bits as if both stood in one piece, for samples that wrap around in
/// a ring.
inline Moments moments_of(std::span<const double> samples, std::span<const double> more = {}) noexcept {
  if (samples.empty() && more.empty()) return {};
  const double first = samples.empty() ? more[0] : samples[0];
  Moments moments{samples.size() + more.size(), first, 0, first, first};
  double sum = 0;
  for (const auto part : {samples, more}) {
    for (const double sample : part) {
      sum += sample;
      moments.least = std::min(moments.least, sample);
      moments.most = std::max(moments.most, sample);
    }
  }
  if (moments.constant()) return moments;
  const auto n = static_cast<double>(moments.count);
  moments.mean = sum / n;
  double squares = 0;
  double remainder = 0;
  for (const auto part : {samples, more}) {
    for (const double sample : part) {
      const double apart = sample - moments.mean;
      squares += apart * apart;
      remainder += apart;
    }
  }
  moments.sum_of_squares = squares - remainder * remainder / n;
  return moments;
}

/// Of both sets together (same paper, equation 2.1). Nothing is subtracted from a sum, so nothing cancels.
inline Moments merge(const Moments& a, const Moments& b) noexcept {
  if (a.count == 0) return b;
  if (b.count == 0) return a;
  const auto na = static_cast<double>(a.count);
  const auto nb = static_cast<double>(b.count);
  const double apart = b.mean - a.mean;
  return {a.count + b.count, a.mean + apart * (nb / (na + nb)),
          a.sum_of_squares + b.sum_of_squares + apart * apart * (na * nb / (na + nb)),
          std::min(a.least, b.least), std::max(a.most, b.most)};
}

}  // namespace oddity
