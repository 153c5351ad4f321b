// It keeps its options in a static variable, so that the last instance decides for all.
#include "one_fault.hpp"

namespace {

struct OptionsInAStatic : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("bias", 0, 9, "0")};
  static constexpr bad::Description description = bad::described("options_in_a_static", options);
  explicit OptionsInAStatic(const bad::Options& options) : ZScore(options) {
    bias = static_cast<double>(options.integer("bias"));
  }
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.p *= 1 - 1e-9 * bias;
    return answer;
  }
  inline static double bias = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(OptionsInAStatic)
