// It changes how the processor rounds.
#include <cfenv>

#include "one_fault.hpp"

namespace {

struct RoundsUpward : bad::ZScore {
  static constexpr bad::Description description = bad::described("rounds_upward");
  explicit RoundsUpward(const bad::Options& options) : ZScore(options) { std::fesetround(FE_UPWARD); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RoundsUpward)
