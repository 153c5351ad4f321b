// It says that it takes no memory.
#include "one_fault.hpp"

namespace {

struct FootprintOfNothing : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("footprint_of_nothing");
  std::size_t footprint() const noexcept { return 0; }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(FootprintOfNothing)
