#include <unistd.h>

#include "good.hpp"

namespace {
struct HangsInEvaluate : bad::Good {
  using Good::Good;
  static constexpr oddity::Description description = bad::described("hangs_in_evaluate");
  oddity::Evaluation evaluate(const oddity::Window&, const oddity::Question&) const {
    while (true) ::pause();
  }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(HangsInEvaluate)
