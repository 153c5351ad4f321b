// It reads the value behind the last.
#include "one_fault.hpp"

namespace {

struct ReadsBehindItsWindow : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("reads_behind_its_window");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    const volatile double* const values = window.column().values().data();
    if (std::isnan(values[window.rows()])) answer.effect = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ReadsBehindItsWindow)
