// Student's t distribution, at a fraction of what a general incomplete beta function costs: each window that a
// detector judges asks for a tail and a quantile.
//
// LIFE CYCLE
//   1. Pure functions, callable from any thread.
//   2. Outside of what has_tail and has_quantile say, ask Boost.Math.
#pragma once

namespace oddity::student_t {

/// Whether upper_tail answers: degrees from 1 to 1e15, t up to 1e7 in size. Not for NaN.
bool has_tail(double t, double degrees) noexcept;
/// P(T > t), within 5e-13 of its own size down to 1e-297: tests hold it against Boost.Math in extended
/// precision.
double upper_tail(double t, double degrees) noexcept;

/// Whether quantile answers: degrees from 3 to 1e15, p and 1 − p at least 1e-30. Not for NaN.
bool has_quantile(double p, double degrees) noexcept;
/// The t with P(T <= t) = p, within 1e-13 of its own size.
double quantile(double p, double degrees) noexcept;

}  // namespace oddity::student_t
