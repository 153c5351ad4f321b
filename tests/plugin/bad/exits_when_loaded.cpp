// Ends the process from a static initialiser.
#include <unistd.h>

#include "good.hpp"

namespace {
struct ExitsWhenLoaded : bad::Good {
  using Good::Good;
  static constexpr oddity::Description description = bad::described("exits_when_loaded");
};
[[maybe_unused]] const bool left = [] {
  ::_exit(0);
  return true;
}();
}  // namespace
ODDITY_EXPORT_DETECTOR(ExitsWhenLoaded)
