// It forgets its history in what it says that it takes.
#include "one_fault.hpp"

namespace {

struct FootprintWithoutHistory : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("footprint_without_history");
  std::size_t footprint() const noexcept { return sizeof *this; }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(FootprintWithoutHistory)
