// It declares an output that it never gives.
#include "one_fault.hpp"

namespace {

struct OutputNeverGiven : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("output_never_given");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.outputs[0] = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(OutputNeverGiven)
