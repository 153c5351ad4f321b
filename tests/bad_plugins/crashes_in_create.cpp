// Its constructor crashes.
#include <csignal>

#include "one_fault.hpp"

namespace {

struct CrashesInCreate : bad::ZScore {
  static constexpr bad::Description description = bad::described("crashes_in_create");
  explicit CrashesInCreate(const bad::Options& options) : ZScore(options) { std::raise(SIGSEGV); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(CrashesInCreate)
