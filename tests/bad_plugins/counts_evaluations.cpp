// evaluate counts how often it was asked, and lets p depend on it.
#include "one_fault.hpp"

namespace {

struct CountsEvaluations : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("counts_evaluations");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p *= 1 - 1e-9 * ++asked;
    return answer;
  }
  mutable int asked = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(CountsEvaluations)
