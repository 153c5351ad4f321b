// Its effect is infinite.
#include "one_fault.hpp"

namespace {

struct InfiniteEffect : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("infinite_effect");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect = std::numeric_limits<double>::infinity();
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(InfiniteEffect)
