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
///
/// The mean stands in two doubles. About an offset of 1e15 a double has steps of 1/8, more than the standard
/// error of many a window: what the mean lacks is kept in mean_rest, and minus() takes it into account.
struct Moments {
  std::uint64_t count = 0;
  double mean = 0;
  /// About the mean.
  double sum_of_squares = 0;
  double min = 0;
  double max = 0;
  /// The mean is mean + mean_rest; at most half of mean's last digit.
  double mean_rest = 0;

  /// All samples are equal, to the last bit. Unlike `sum_of_squares == 0` this does not take samples whose
  /// squares underflow for equal ones.
  bool constant() const noexcept { return min == max; }
  /// Of a sample, with count - 1 below; needs two samples.
  double variance() const noexcept { return sum_of_squares / static_cast<double>(count - 1); }
  /// This mean minus the other's, with all digits of both.
  double minus(const Moments& other) const noexcept {
    return (mean - other.mean) + (mean_rest - other.mean_rest);
  }
};

namespace detail {

/// Adds `more` to the mean and keeps what the sum loses (Knuth 1969, The Art of Computer Programming 2,
/// section 4.2.2, theorem B).
inline void move_mean(Moments& moments, double more) noexcept {
  const double before = moments.mean;
  moments.mean = before + more;
  const double added = moments.mean - before;
  const double lost = (before - (moments.mean - added)) + (more - added);
  moments.mean_rest = std::isfinite(lost) ? lost : 0;
}

}  // namespace detail

/// In two passes, with the rounding of the mean taken out of the squares again (Chan, Golub & LeVeque 1983,
/// The American Statistician 37, p. 243, equation 1.7), and out of the mean. Equal samples have exactly their
/// value as mean, and 0. `more` follows `samples`: the same bits as if both stood in one piece, for samples
/// that wrap around in a ring.
inline Moments moments_of(std::span<const double> samples, std::span<const double> more = {}) noexcept {
  if (samples.empty() && more.empty()) return {};
  const double first = samples.empty() ? more[0] : samples[0];
  Moments moments{samples.size() + more.size(), first, 0, first, first};
  double sum = 0;
  for (const auto part : {samples, more}) {
    for (const double sample : part) {
      sum += sample;
      moments.min = std::min(moments.min, sample);
      moments.max = std::max(moments.max, sample);
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
  if (std::isfinite(remainder)) detail::move_mean(moments, remainder / n);
  return moments;
}

/// Of both sets together (same paper, equation 2.1). Nothing is subtracted from a sum, so nothing cancels.
inline Moments merge(const Moments& a, const Moments& b) noexcept {
  if (a.count == 0) return b;
  if (b.count == 0) return a;
  const auto na = static_cast<double>(a.count);
  const auto nb = static_cast<double>(b.count);
  const double apart = b.minus(a);
  Moments both{a.count + b.count, a.mean,
               a.sum_of_squares + b.sum_of_squares + apart * apart * (na * nb / (na + nb)),
               std::min(a.min, b.min), std::max(a.max, b.max)};
  detail::move_mean(both, a.mean_rest + apart * (nb / (na + nb)));
  return both;
}

}  // namespace oddity
