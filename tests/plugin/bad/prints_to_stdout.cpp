#include <cstdio>

#include "good.hpp"

namespace {
struct PrintsToStdout : bad::Good {
  static constexpr oddity::Description description = bad::described("prints_to_stdout");
  explicit PrintsToStdout(const oddity::Options& options) : Good(options) {
    std::puts("hello from a library");
    std::fflush(stdout);
  }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(PrintsToStdout)
