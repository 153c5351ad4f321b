// It divides by the spread of the history, which may be constant.
#include "one_fault.hpp"

namespace {

struct DividesByAConstantHistory : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("divides_by_a_constant_history");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (answer.outcome == bad::Outcome::constant) answer.effect = (answer.observed + 1) / 0.0;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DividesByAConstantHistory)
