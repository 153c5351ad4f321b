// It never judges anything.
#include "one_fault.hpp"

namespace {

struct WarmsUpForEver : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("warms_up_for_ever");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.outcome = bad::Outcome::warming_up;
    answer.p = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(WarmsUpForEver)
