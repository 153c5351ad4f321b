// The bounds of an option that is a whole number are not whole.
#include "one_fault.hpp"

namespace {

struct BoundsNotWhole : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("depth", 0.5, 9.5, "1")};
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("bounds_not_whole", options);
};

}  // namespace
ODDITY_EXPORT_DETECTOR(BoundsNotWhole)
