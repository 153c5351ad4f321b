// It divides by the spread of the window, which may be constant.
#include "one_fault.hpp"

namespace {

struct DividesByTheWindowsSpread : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("divides_by_the_windows_spread");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    const bad::Column column = window.column();
    if (window.rows() > 1 && column.min() == column.max()) answer.effect = 1 / column.sum_of_squares();
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DividesByTheWindowsSpread)
