// Its constructor crashes for the largest value of an option.
#include <cstdlib>

#include "one_fault.hpp"

namespace {

struct CrashesAtItsMost : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("depth", 1, 9, "1")};
  static constexpr bad::Description description = bad::described("crashes_at_its_most", options);
  explicit CrashesAtItsMost(const bad::Options& options) : ZScore(options) {
    if (options.integer("depth") == 9) std::abort();
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(CrashesAtItsMost)
