// It calls a function that nothing defines.
#include "one_fault.hpp"

double defined_nowhere();

namespace {

struct UndefinedSymbol : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("undefined_symbol");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect = defined_nowhere();
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(UndefinedSymbol)
