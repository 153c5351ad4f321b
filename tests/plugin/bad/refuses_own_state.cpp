#include "good.hpp"

namespace {
struct RefusesOwnState : bad::Good {
  using Good::Good;
  static constexpr oddity::Description description = bad::described("refuses_own_state");
  void restore(oddity::StateReader& in, std::uint32_t) { in.read<std::uint8_t>(); }  // leaves seven bytes
};
}  // namespace
ODDITY_EXPORT_DETECTOR(RefusesOwnState)
