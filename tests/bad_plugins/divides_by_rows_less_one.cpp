// It divides by one less than the rows of the window.
#include "one_fault.hpp"

namespace {

struct DividesByRowsLessOne : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("divides_by_rows_less_one");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    answer.effect = answer.observed / (static_cast<double>(window.rows()) - 1);
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DividesByRowsLessOne)
