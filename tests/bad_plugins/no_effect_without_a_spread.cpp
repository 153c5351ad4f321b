// It leaves its effect out where the history has no spread.
#include "one_fault.hpp"

namespace {

struct NoEffectWithoutASpread : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("no_effect_without_a_spread");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (answer.outcome == bad::Outcome::constant) answer.effect = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NoEffectWithoutASpread)
