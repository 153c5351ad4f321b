// It adds up values whose sum overflows.
#include "one_fault.hpp"

namespace {

struct SumOverflows : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("sum_overflows");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.outputs[0] = 0;
    for (const double value : window.column().values()) answer.outputs[0] += value;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SumOverflows)
