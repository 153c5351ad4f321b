// Tail probabilities of the usual distributions, without cancellation and without exceptions.
//
// The functions are the host's (Boost.Math behind the door), so a detector builds without any library.
// P-values come from here and never from 1 - cdf, which has no digits left below 1e-16.
#pragma once

#include <cmath>

#include "oddity/door.h"
#include "oddity/evaluation.hpp"

namespace oddity {

namespace detail {
/// Set once by the entry function, before any instance exists; never changed after. Hidden: one a library.
inline const oddity_host* host = nullptr;
}  // namespace detail

inline double normal_above(double z) noexcept { return detail::host->normal_above(z); }
inline double student_t_above(double t, double degrees) noexcept {
  return detail::host->student_t_above(t, degrees);
}
inline double chi_squared_above(double x, double degrees) noexcept {
  return detail::host->chi_squared_above(x, degrees);
}
inline double f_above(double x, double degrees1, double degrees2) noexcept {
  return detail::host->f_above(x, degrees1, degrees2);
}
inline double kolmogorov_above(double x) noexcept { return detail::host->kolmogorov_above(x); }
inline double normal_quantile(double p) noexcept { return detail::host->normal_quantile(p); }
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
  const double both = 2.0 * above(std::abs(excess));
  return both > 1.0 ? 1.0 : both;  // NaN stays NaN
}

}  // namespace oddity
