// Its bounds for both directions leave alpha in each tail, not half of it.
#include "one_fault.hpp"

namespace {

struct AlphaInEachTail : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("alpha_in_each_tail");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    const bool both = question.direction == oddity::Direction::both;
    return ZScore::evaluate(window, {question.direction, both ? 2 * question.alpha : question.alpha});
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(AlphaInEachTail)
