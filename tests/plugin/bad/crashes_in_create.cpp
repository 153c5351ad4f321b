#include <csignal>

#include "good.hpp"

namespace {
struct CrashesInCreate : bad::Good {
  static constexpr oddity::Description description = bad::described("crashes_in_create");
  explicit CrashesInCreate(const oddity::Options& options) : Good(options) { std::raise(SIGSEGV); }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(CrashesInCreate)
