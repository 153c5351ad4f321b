// It gives a reason that it does not declare.
#include "one_fault.hpp"

namespace {

struct UndeclaredReason : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("undeclared_reason");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.reason = 0;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(UndeclaredReason)
