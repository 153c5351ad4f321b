// It gives an output that it does not declare.
#include "one_fault.hpp"

namespace {

struct UndeclaredOutput : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("undeclared_output");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.outputs[3] = 1;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(UndeclaredOutput)
