// It ends the process from a static initialiser.
#include <unistd.h>

#include "one_fault.hpp"

namespace {

[[maybe_unused]] const bool left = [] {
  ::_exit(0);
  return true;
}();

struct ExitsWhenLoaded : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("exits_when_loaded");
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ExitsWhenLoaded)
