// p for below is not that of negated data for above.
#include "one_fault.hpp"

namespace {

struct BelowIsNoMirror : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("below_is_no_mirror");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (question.direction == oddity::Direction::below) answer.p = std::pow(answer.p, 1.001);
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(BelowIsNoMirror)
