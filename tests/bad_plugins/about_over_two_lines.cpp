// Its sentence goes over two lines.
#include "one_fault.hpp"

namespace {

struct AboutOverTwoLines : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = [] {
    bad::Description spoiled = bad::described("about_over_two_lines");
    spoiled.about = "Has one\nfault.";
    return spoiled;
  }();
};

}  // namespace
ODDITY_EXPORT_DETECTOR(AboutOverTwoLines)
