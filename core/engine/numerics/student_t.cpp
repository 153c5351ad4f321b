#include "numerics/student_t.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>
#include <utility>

namespace oddity::student_t {
namespace {

/// Γ(a + ½) / (Γ(a) √a) for a >= ½: by the expansion of Γ(w + ¾) / (Γ(w + ¼) √w) in powers of w⁻² (Tricomi &
/// Erdélyi 1951, Pacific Journal of Mathematics 1, p. 133), whose next term is below 3e-17 from w = 16 on.
/// There it is brought by Γ(a + 1) = a Γ(a).
double gamma_ratio(double a) noexcept {
  double above = 1, below = 1, at = a;
  while (at < 16.25) {
    above *= at;
    below *= at + 0.5;
    at += 1;
  }
  const double w = at - 0.25;
  const double u = 1 / (w * w);
  const double expansion =
      1 + u * (1.0 / 64 + u * (-19.0 / 8192 + u * (631.0 / 524288 + u * (-174317.0 / 134217728 +
                                                                         u * (20491783.0 / 8589934592)))));
  return above / below * expansion * std::sqrt(w / a);
}

/// The distribution at one t > 0; the density is the common factor of both integrals.
struct Point {
  Point(double at, double degrees) noexcept
      : t(at),
        half(degrees / 2),
        inside(at * at / (degrees + at * at)),
        outside(degrees / (degrees + at * at)),
        density(gamma_ratio(half) / std::sqrt(2 * std::numbers::pi) *
                std::exp(-(half + 0.5) * std::log1p(at / degrees * at))),
        central(at * at * (degrees + 3) < 4 * degrees) {}

  /// The integral of the density from 0 to t: the incomplete beta function by its series of positive terms
  /// (NIST Digital Library of Mathematical Functions, 8.17.8).
  double from_zero() const noexcept {
    double term = 1, sum = 1;
    for (double n = 0; term > sum * 1e-17; ++n) {
      term *= (half + 0.5 + n) / (1.5 + n) * inside;
      sum += term;
    }
    return t * density * sum;
  }
  /// From t to infinity: the incomplete beta function by the continued fraction of DiDonato & Morris (1992, ACM
  /// Transactions on Mathematical Software 18, p. 360, equation 9), forward.
  double to_infinity() const noexcept {
    const double lambda = (half + 0.5) * inside - 0.5;
    double inverse = 1 / (half + 1);
    // Numerators and denominators of the last two approximants.
    double above_before = 0, above = 1;
    double below_before = 1, below = half * inverse * (lambda + 1);
    double found = above / below;
    for (int step = 1; step < 1000; ++step) {
      const double n = step;
      const double more = n * (0.5 - n) * outside * inverse;
      const double alpha = (half + n - 1) * (half + n - 0.5) * more * outside * inverse;
      inverse = 1 / (half + 2 * n + 1);
      const double beta = n + more + (half + n) * inverse * (lambda + 1 + n * (1 + inside));
      above_before = std::exchange(above, beta * above + alpha * above_before);
      below_before = std::exchange(below, beta * below + alpha * below_before);
      if (step % 4 != 0) continue;
      const double last = std::exchange(found, above / below);
      if (std::abs(found - last) <= 3e-16 * found) break;
      constexpr double large = 1e150;
      if (below < large) continue;
      for (double* const part : {&above_before, &above, &below_before, &below}) *part /= large;
    }
    return t * density * found / 2;
  }

  double t;
  double half;
  /// t² / (degrees + t²), and what it lacks of 1.
  double inside, outside;
  double density;
  /// Near enough to 0 for the series, which is then short, and whose rest is no small difference.
  bool central;
};

double normal_upper_quantile(double p) noexcept {
  using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
  return boost::math::quantile(boost::math::complement(boost::math::normal_distribution<double, Plain>(), p));
}

/// A t near that of which p, below ½, is above: from the normal distribution (Hill 1970, Communications of the
/// ACM 13, p. 617), of its expansion the first two terms, turned around.
double first_guess(double p, double degrees) noexcept {
  const double z = normal_upper_quantile(p);
  const double a = degrees - 0.5;
  const double w = z - std::min(z * (z * z + 3) / (48 * a * a), z / 2);
  return std::sqrt(degrees * std::expm1(w * w / a));
}

/// By how much t has to grow, as a share of it, for p to be above it, 1e-30 <= p < ½: a step of third order
/// (Halley's). Near 0 by the integral from there, which has more digits than the tail; far out by the tail's
/// logarithm against that of t, which becomes a straight line.
double step_towards(double p, double t, double degrees) noexcept {
  const Point at(t, degrees);
  const double falls = (degrees + 1) * t / (degrees + t * t);
  if (at.central) {
    const double newton = ((0.5 - p) - at.from_zero()) / at.density;
    return std::max(newton / (1 - newton * falls / 2) / t, -0.5);
  }
  const double tail = at.to_infinity();
  const double rate = at.density / tail;
  const double newton = std::log(tail / p) / (rate * t);
  const double bend = 1 + t * (rate - falls);
  return std::expm1(newton / std::max(1 + newton * bend / 2, 0.5));
}

double upper_quantile(double p, double degrees) noexcept {
  double t = first_guess(p, degrees);
  for (int step = 0; step < 20; ++step) {
    const double share = step_towards(p, t, degrees);
    t += share * t;
    constexpr double cube_is_nothing = 1e-5;
    if (std::abs(share) <= cube_is_nothing) break;
  }
  return t;
}

}  // namespace

bool has_tail(double t, double degrees) noexcept {
  return std::abs(t) <= 1e7 && degrees >= 1 && degrees <= 1e15;
}

double upper_tail(double t, double degrees) noexcept {
  if (t == 0) return 0.5;
  const Point at(std::abs(t), degrees);
  if (at.central) return 0.5 - std::copysign(at.from_zero(), t);
  const double tail = at.to_infinity();
  return t > 0 ? tail : 1 - tail;
}

bool has_quantile(double p, double degrees) noexcept {
  return p >= 1e-30 && 1 - p >= 1e-30 && degrees >= 3 && degrees <= 1e15;
}

double quantile(double p, double degrees) noexcept {
  if (p == 0.5) return 0;
  return p < 0.5 ? -upper_quantile(p, degrees) : upper_quantile(1 - p, degrees);
}

}  // namespace oddity::student_t
