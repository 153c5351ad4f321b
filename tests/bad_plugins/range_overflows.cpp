// It subtracts the least value from the largest, which overflows where they have two signs.
#include "one_fault.hpp"

namespace {

struct RangeOverflows : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("range_overflows");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect = window.column().max() - window.column().min();
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RangeOverflows)
