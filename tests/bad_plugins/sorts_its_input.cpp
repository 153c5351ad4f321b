// It sorts the values that it was lent.
#include <algorithm>

#include "one_fault.hpp"

namespace {

struct SortsItsInput : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("sorts_its_input");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    const auto values = window.column().values();
    double* const first = const_cast<double*>(values.data());
    std::sort(first, first + values.size());
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SortsItsInput)
