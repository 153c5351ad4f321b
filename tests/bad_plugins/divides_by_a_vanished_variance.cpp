// It divides by a variance that is 0 although the values differ.
#include "one_fault.hpp"

namespace {

struct DividesByAVanishedVariance : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("divides_by_a_vanished_variance");
  bad::Evaluation evaluate(const bad::Window& window, const bad::Question& question) const {
    bad::Evaluation answer = ZScore::evaluate(window, question);
    const bad::Column column = window.column();
    if (column.min() != column.max()) answer.effect = 1 / column.sum_of_squares();
    if (std::isinf(answer.effect) && column.sum_of_squares() != 0) answer.effect = oddity::absent;
    return answer;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DividesByAVanishedVariance)
