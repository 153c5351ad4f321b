// It starts a thread that never ends.
#include <unistd.h>
#include <thread>

#include "one_fault.hpp"

namespace {

struct LeavesAThread : bad::ZScore {
  static constexpr bad::Description description = bad::described("leaves_a_thread");
  explicit LeavesAThread(const bad::Options& options) : ZScore(options) {
    static const bool started = [] {
      std::thread([] {
        while (true) ::pause();
      }).detach();
      return true;
    }();
    static_cast<void>(started);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(LeavesAThread)
