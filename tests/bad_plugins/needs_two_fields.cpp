// It takes for granted that there are two fields.
#include "one_fault.hpp"

namespace {

struct NeedsTwoFields : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = [] {
    bad::Description spoiled = bad::described("needs_two_fields");
    spoiled.fields = oddity::Fields::all;
    return spoiled;
  }();
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    if (window.columns() < 2) throw std::out_of_range("where is the other field?");
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NeedsTwoFields)
