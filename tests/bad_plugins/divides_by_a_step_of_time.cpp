// It divides by the time between two rows, which may be none.
#include "one_fault.hpp"

namespace {

struct DividesByAStepOfTime : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("divides_by_a_step_of_time");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    const auto times = window.times();
    if (times.size() > 1 && std::int64_t{1'000'000'000} / (times[1] - times[0]) == 7) answer.effect = 7;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DividesByAStepOfTime)
