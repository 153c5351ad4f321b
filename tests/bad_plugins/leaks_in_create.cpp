// Each instance leaves memory behind.
#include <new>

#include "one_fault.hpp"

namespace {

struct LeaksInCreate : bad::ZScore {
  static constexpr bad::Description description = bad::described("leaks_in_create");
  explicit LeaksInCreate(const bad::Options& options) : ZScore(options) {
    if (auto* const lost = new (std::nothrow) double[100]) *static_cast<volatile double*>(lost) = 1;
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(LeaksInCreate)
