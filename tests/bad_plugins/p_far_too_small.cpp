// Its p-values are far too small.
#include "one_fault.hpp"

namespace {

struct PFarTooSmall : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described_without_bounds("p_far_too_small");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p = std::pow(answer.p, 20);
    answer.lower = answer.upper = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(PFarTooSmall)
