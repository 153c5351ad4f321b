// It starts a process that never ends.
#include <unistd.h>

#include "one_fault.hpp"

namespace {

struct LeavesAChild : bad::ZScore {
  static constexpr bad::Description description = bad::described("leaves_a_child");
  explicit LeavesAChild(const bad::Options& options) : ZScore(options) {
    static const bool started = [] {
      if (::fork() == 0) {
        while (true) ::pause();
      }
      return true;
    }();
    static_cast<void>(started);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(LeavesAChild)
