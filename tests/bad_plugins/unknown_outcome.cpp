// Its outcome is none of the ABI's.
#include "one_fault.hpp"

namespace {

struct UnknownOutcome : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("unknown_outcome");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.outcome = static_cast<bad::Outcome>(17);
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(UnknownOutcome)
