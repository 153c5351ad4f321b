// Tail probabilities of the usual distributions, without cancellation and without exceptions.
//
// The functions are the host's, which has them from Boost.Math, so a detector builds without any library.
// P-values come from here and never from 1 - cdf, which has no digits left below 1e-16.
//
// LIFE CYCLE
//   1. The entry function of ODDITY_EXPORT_DETECTOR receives the host's table, before there is any instance.
//   2. From then on every function here may be called, from any thread, until the process ends.
#pragma once

#include <cmath>
#include <cstdint>

#include "oddity/abi.h"
#include "oddity/evaluation.hpp"

namespace oddity {

namespace detail {
/// Set once by the entry function, before any instance exists; never changed after. Hidden: one a library.
inline const oddity_host* host = nullptr;
}  // namespace detail

/// P(Z > z) of the standard normal distribution.
inline double normal_sf(double z) noexcept { return detail::host->normal_sf(z); }
/// P(T > t) of Student's t; `degrees` above 0, need not be whole.
inline double student_t_sf(double t, double degrees) noexcept {
  return detail::host->student_t_sf(t, degrees);
}
/// P(X > x) of chi squared; `degrees` above 0, need not be whole.
inline double chi_squared_sf(double x, double degrees) noexcept {
  return detail::host->chi_squared_sf(x, degrees);
}
/// P(F > x) of Fisher's F; both degrees above 0, need not be whole.
inline double f_sf(double x, double degrees1, double degrees2) noexcept {
  return detail::host->f_sf(x, degrees1, degrees2);
}
/// P(K > x) of Kolmogorov's distribution, the limit of sqrt(n) D.
inline double kolmogorov_sf(double x) noexcept { return detail::host->kolmogorov_sf(x); }
/// The z with P(Z <= z) = p; p in (0, 1). Negative where p is below a half.
inline double normal_quantile(double p) noexcept { return detail::host->normal_quantile(p); }
/// The t with P(T <= t) = p; p in (0, 1). Negative where p is below a half.
inline double student_t_quantile(double p, double degrees) noexcept {
  return detail::host->student_t_quantile(p, degrees);
}

/// P-value of a statistic with a symmetric distribution, where `excess` is positive when the data lie above
/// what is expected. `above(x)` is the upper tail.
template <class Tail>
double p_value(double excess, Direction direction, Tail above) noexcept {
  switch (direction) {
    case Direction::above:
      return above(excess);
    case Direction::below:
      return above(-excess);
    case Direction::both:
      break;
  }
  // Written so that NaN stays NaN.
  const double both = 2.0 * above(std::abs(excess));
  return both > 1.0 ? 1.0 : both;
}

/// Whether a shift goes in the direction that was asked for.
inline bool goes(double shift, Direction direction) noexcept {
  if (direction == Direction::both) return shift != 0;
  return direction == Direction::above ? shift > 0 : shift < 0;
}

/// P-value of a window with `differing` values that the history lacks, whose `learned` samples are all equal:
/// of learned + rows values in random order, the chance that those which differ all stand in the window
/// (Fisher 1935, The Design of Experiments, section 11). A history without any spread is no proof that there
/// is none: of three equal samples it tells little, of a thousand much.
inline double p_without_spread(std::uint64_t learned, std::uint64_t rows, std::uint64_t differing) noexcept {
  double p = 1;
  for (std::uint64_t i = 0; i < differing && p > 0; ++i)
    p *= static_cast<double>(rows - i) / static_cast<double>(learned + rows - i);
  return p;
}

/// The probability of each tail outside of the bounds that belong to a question's alpha: half of it where
/// both directions count, so that a window at a bound has p = alpha.
inline double tail_of(const Question& question) noexcept {
  return question.direction == Direction::both ? question.alpha / 2 : question.alpha;
}

}  // namespace oddity
