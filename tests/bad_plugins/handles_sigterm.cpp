// It puts its own handler before SIGTERM.
#include <csignal>

#include "one_fault.hpp"

namespace {

struct HandlesSigterm : bad::ZScore {
  static constexpr bad::Description description = bad::described("handles_sigterm");
  explicit HandlesSigterm(const bad::Options& options) : ZScore(options) { std::signal(SIGTERM, SIG_IGN); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(HandlesSigterm)
