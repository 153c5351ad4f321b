// The default of an option lies outside of its bounds.
#include "one_fault.hpp"

namespace {

struct DefaultOutOfRange : bad::ZScore {
  static constexpr bad::OptionSpec options[] = {bad::size_option, bad::whole_option("depth", 1, 9, "10")};
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("default_out_of_range", options);
};

}  // namespace
ODDITY_EXPORT_DETECTOR(DefaultOutOfRange)
