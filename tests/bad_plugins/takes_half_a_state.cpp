// It takes a state whose last part is missing.
#include "one_fault.hpp"

namespace {

struct TakesHalfAState : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("takes_half_a_state");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(1.0);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    if (in.remaining() > 0) in.read_double();
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(TakesHalfAState)
