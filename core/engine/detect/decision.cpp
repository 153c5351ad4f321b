#include "detect/decision.hpp"

namespace oddity::detect {
namespace {

/// ln p / ln alpha, ln p floored at -708, where doubles end.
double score_of(double p, double alpha) noexcept {
  constexpr double floor = -708;
  return std::fmax(std::log(p), floor) / std::log(alpha) + 0.0;  // + 0.0: p = 1 gives 0, not -0
}

}  // namespace

Decision Decider::decide(double p) const noexcept {
  if (std::isnan(p)) return {};
  return {p, score_of(p, alpha_), (p < alpha_), (p > alpha_)};
}

}  // namespace oddity::detect
