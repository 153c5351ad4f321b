// It answers with a strength alone.
#include "one_fault.hpp"

namespace {

struct OffersOnlyStrength : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = [] {
    bad::Description described = bad::described("offers_only_strength");
    described.offers_p = false;
    return described;
  }();
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.strength = std::abs(answer.outputs[0]);
    answer.p = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(OffersOnlyStrength)
