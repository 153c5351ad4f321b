#include "detect/decision.hpp"

namespace oddity::detect {
namespace {

/// ln p / ln alpha, ln p floored at -708, where doubles end.
double score_of(double p, double log_alpha) noexcept {
  constexpr double floor = -708;
  return std::fmax(std::log(p), floor) / log_alpha + 0.0;  // + 0.0: p = 1 gives 0, not -0
}

double learning_p(double deciding, double p, Learned learned) noexcept {
  constexpr double clearly = 10;
  switch (learned) {
    case Learned::as_by_both:
      return std::fmin(deciding, p);
    case Learned::not_clearly_anomalous:
      return std::fmin(clearly * deciding, 1);
    case Learned::normal:
      break;
  }
  return deciding;
}

}  // namespace

Decision Decider::decide(double p, double calibrated, Learned learned) const noexcept {
  Decision decision;
  decision.p = p;
  decision.calibrated = calibrated;
  decision.deciding = std::isnan(calibrated) ? p : calibrated;
  if (!decision.judged()) return decision;
  decision.score = score_of(decision.deciding, log_alpha_);
  decision.anomalous = decision.deciding < alpha_;
  decision.learning = learning_p(decision.deciding, p, learned);
  decision.learn = decision.learning > alpha_;
  return decision;
}

void Decider::call_normal(Decision& decision) const noexcept {
  decision.deciding = std::fmax(decision.deciding, alpha_);
  decision.score = std::fmin(decision.score, 1);
  decision.learning = 1;
  decision.anomalous = false;
  decision.learn = true;
}

}  // namespace oddity::detect
