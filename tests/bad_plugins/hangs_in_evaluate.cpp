// evaluate never returns.
#include <unistd.h>

#include "one_fault.hpp"

namespace {

struct HangsInEvaluate : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("hangs_in_evaluate");
  bad::Evaluation evaluate(const bad::Window&, const bad::Question&) const {
    while (true) ::pause();
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(HangsInEvaluate)
