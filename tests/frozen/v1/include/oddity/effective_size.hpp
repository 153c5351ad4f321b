// What samples are worth that are not independent.
#pragma once

#include <algorithm>
#include <cmath>

namespace oddity {

/// How many independent samples have a mean that varies as much as that of n samples in a row of which
/// neighbours correlate by `lag_one`, in (−1, 1), and those farther apart by its powers (a first-order
/// autoregression): n / (1 + 2 Σ (1 − k/n) r^k), the sum over k = 1 … n − 1, in closed form (Bayley &
/// Hammersley 1946, Supplement to the Journal of the Royal Statistical Society 8, p. 184). From 1 to n: what
/// alternates is worth no more than what is independent, to be on the safe side.
inline double effective_size(double n, double lag_one) noexcept {
  if (!(lag_one > 0) || n <= 1) return n;
  const double r = lag_one;
  const double inefficiency = (1 + r) / (1 - r) - 2 * r * (1 - std::pow(r, n)) / (n * (1 - r) * (1 - r));
  return std::clamp(n / inefficiency, 1.0, n);
}

}  // namespace oddity
