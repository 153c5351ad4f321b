// It takes the direction for that of its statistic, which points the other way.
#include "one_fault.hpp"

namespace {

struct AboveAndBelowSwapped : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("above_and_below_swapped");
  bad::Evaluation evaluate(const bad::Window& window, bad::Question question) const {
    switch (question.direction) {
      case oddity::Direction::above:
        question.direction = oddity::Direction::below;
        break;
      case oddity::Direction::below:
        question.direction = oddity::Direction::above;
        break;
      case oddity::Direction::both:
        break;
    }
    return ZScore::evaluate(window, question);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(AboveAndBelowSwapped)
