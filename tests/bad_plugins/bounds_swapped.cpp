// Its lower bound is the upper one.
#include <utility>

#include "one_fault.hpp"

namespace {

struct BoundsSwapped : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("bounds_swapped");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    std::swap(answer.lower, answer.upper);
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(BoundsSwapped)
