// Needs a library that is on no machine.
#include "good.hpp"

extern "C" int vanished();

namespace {
struct NeedsVanished : bad::Good {
  static constexpr oddity::Description description = bad::described("needs_vanished");
  explicit NeedsVanished(const oddity::Options& options) : Good(options) { vanished(); }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(NeedsVanished)
