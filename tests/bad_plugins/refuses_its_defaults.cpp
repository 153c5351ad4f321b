// Its constructor refuses the defaults.
#include "one_fault.hpp"

namespace {

struct RefusesItsDefaults : bad::ZScore {
  static constexpr bad::Description description = bad::described("refuses_its_defaults");
  explicit RefusesItsDefaults(const bad::Options& options) : ZScore(options) {
    throw std::invalid_argument("no options are good enough");
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RefusesItsDefaults)
