// It complains on stderr.
#include <cstdio>

#include "one_fault.hpp"

namespace {

struct PrintsToStderr : bad::ZScore {
  static constexpr bad::Description description = bad::described("prints_to_stderr");
  explicit PrintsToStderr(const bad::Options& options) : ZScore(options) {
    std::fputs("note: made one\n", stderr);
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(PrintsToStderr)
