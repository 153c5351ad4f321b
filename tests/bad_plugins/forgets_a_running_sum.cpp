// It does not save a sum that its answers depend on.
#include "one_fault.hpp"

namespace {

struct ForgetsARunningSum : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("forgets_a_running_sum");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect += 1e-9 * std::fmod(sum, 1.0);
    if (!std::isfinite(answer.effect)) answer.effect = oddity::absent;
    return answer;
  }
  void update(const bad::Window& window, bad::Learn learn) {
    for (const double value : window.fresh_values()) sum += std::abs(value) < 1e6 ? value : 0;
    ZScore::update(window, learn);
  }
  double sum = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ForgetsARunningSum)
