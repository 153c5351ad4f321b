#include "good.hpp"

namespace {
struct PAboveOne : bad::Good {
  using Good::Good;
  static constexpr oddity::Description description = bad::described("p_above_one");
  oddity::Evaluation evaluate(const oddity::Window&, const oddity::Question&) const {
    oddity::Evaluation answer;
    answer.p = 1.5;
    return answer;
  }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(PAboveOne)
