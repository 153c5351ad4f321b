// Its p-value is above 1.
#include "one_fault.hpp"

namespace {

struct PAboveOne : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("p_above_one");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p = 1.5;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(PAboveOne)
