// Its bounds are those of an alpha that nobody asked for.
#include "one_fault.hpp"

namespace {

struct BoundsOfAnotherAlpha : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("bounds_of_another_alpha");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    return ZScore::evaluate(window, {question.direction, 0.05});
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(BoundsOfAnotherAlpha)
