// Its p-values are squared, so that too many are small.
#include "one_fault.hpp"

namespace {

struct PSquared : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described_without_bounds("p_squared");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p *= answer.p;
    answer.lower = answer.upper = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(PSquared)
