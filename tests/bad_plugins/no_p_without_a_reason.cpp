// It judges without a p-value.
#include "one_fault.hpp"

namespace {

struct NoPWithoutAReason : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("no_p_without_a_reason");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p = oddity::absent;
    answer.outcome = bad::Outcome::judged;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NoPWithoutAReason)
