#include "numerics/tails.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/student_t.hpp"

namespace oddity::tails {
namespace {

namespace math = boost::math;
namespace policies = boost::math::policies;

/// No exception may reach a plugin: where there is no answer, it is NaN. Doubles are not promoted: the
/// relative difference is below 2e-13, at a quarter of the cost.
using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>, policies::promote_double<false>>;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool positive(double degrees) noexcept { return degrees > 0 && std::isfinite(degrees); }
bool inside(double p) noexcept { return p > 0 && p < 1; }

double normal_sf(double z) noexcept { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

double student_t_sf(double t, double degrees) noexcept {
  if (std::isnan(t) || !positive(degrees)) return none;
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  if (student_t::has_tail(t, degrees)) return student_t::upper_tail(t, degrees);
  return math::cdf(math::complement(math::students_t_distribution<double, Quiet>(degrees), t));
}

double chi_squared_sf(double x, double degrees) noexcept {
  if (std::isnan(x) || !positive(degrees)) return none;
  if (x <= 0) return 1;
  if (std::isinf(x)) return 0;
  return math::cdf(math::complement(math::chi_squared_distribution<double, Quiet>(degrees), x));
}

double f_sf(double x, double degrees1, double degrees2) noexcept {
  if (std::isnan(x) || !positive(degrees1) || !positive(degrees2)) return none;
  if (x <= 0) return 1;
  if (std::isinf(x)) return 0;
  return math::cdf(math::complement(math::fisher_f_distribution<double, Quiet>(degrees1, degrees2), x));
}

/// Kolmogorov's limiting distribution by both of its series: the alternating one (Kolmogorov 1933) where x is
/// large, the theta function's other form (Feller 1948, p. 178) where it is small. Each needs four terms on
/// its side of 1.
double kolmogorov_sf(double x) noexcept {
  if (std::isnan(x)) return none;
  if (x <= 0) return 1;
  constexpr double pi = std::numbers::pi;
  double sum = 0;
  if (x < 0.8) {
    for (int k = 1; k <= 7; k += 2) sum += std::exp(-k * k * pi * pi / (8 * x * x));
    return 1 - std::sqrt(2 * pi) / x * sum;
  }
  for (int k = 6; k >= 1; --k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return sum;
}

double normal_quantile(double p) noexcept {
  if (!inside(p))
    return p == 0   ? -std::numeric_limits<double>::infinity()
           : p == 1 ? std::numeric_limits<double>::infinity()
                    : none;
  return math::quantile(math::normal_distribution<double, Quiet>(), p);
}

double student_t_quantile(double p, double degrees) noexcept {
  if (!positive(degrees)) return none;
  if (!inside(p)) return normal_quantile(p);
  if (student_t::has_quantile(p, degrees)) return student_t::quantile(p, degrees);
  return math::quantile(math::students_t_distribution<double, Quiet>(degrees), p);
}

}  // namespace

const oddity_host& host() noexcept {
  static constexpr oddity_host lent{
      .struct_size = sizeof(oddity_host),
      .abi_minor = ODDITY_ABI_MINOR,
      .normal_sf = &normal_sf,
      .student_t_sf = &student_t_sf,
      .chi_squared_sf = &chi_squared_sf,
      .f_sf = &f_sf,
      .kolmogorov_sf = &kolmogorov_sf,
      .normal_quantile = &normal_quantile,
      .student_t_quantile = &student_t_quantile,
  };
  return lent;
}

}  // namespace oddity::tails
