// It greets on stdout.
#include <cstdio>

#include "one_fault.hpp"

namespace {

struct PrintsToStdout : bad::ZScore {
  static constexpr bad::Description description = bad::described("prints_to_stdout");
  explicit PrintsToStdout(const bad::Options& options) : ZScore(options) {
    std::puts("hello from a library");
    std::fflush(stdout);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(PrintsToStdout)
