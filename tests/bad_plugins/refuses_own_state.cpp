// It leaves a byte of its own state unread.
#include "one_fault.hpp"

namespace {

struct RefusesOwnState : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("refuses_own_state");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(std::uint8_t{1});
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RefusesOwnState)
