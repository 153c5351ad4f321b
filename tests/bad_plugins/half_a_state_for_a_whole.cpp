// It says that all went well when the host takes no more of its state.
#include "one_fault.hpp"

namespace {

struct HalfAStateForAWhole : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("half_a_state_for_a_whole");
  void snapshot(bad::StateWriter& out) const {
    try {
      ZScore::snapshot(out);
    } catch (const oddity::StateError&) {
    }
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(HalfAStateForAWhole)
