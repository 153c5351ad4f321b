// It declares directions and does not look at them.
#include "one_fault.hpp"

namespace {

struct IgnoresTheDirection : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("ignores_the_direction");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    return ZScore::evaluate(window, {oddity::Direction::both, question.alpha});
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(IgnoresTheDirection)
