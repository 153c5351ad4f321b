// evaluate throws as long as nothing has been learned.
#include "one_fault.hpp"

namespace {

struct ThrowsBeforeLearning : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("throws_before_learning");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    const bad::Evaluation answer = ZScore::evaluate(window, question);
    if (answer.outcome == bad::Outcome::warming_up) throw std::runtime_error("ask me later");
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ThrowsBeforeLearning)
