// It shows a second symbol to the dynamic linker.
#include "one_fault.hpp"

extern "C" __attribute__((visibility("default"))) double shared_by_accident;
double shared_by_accident = 1;

namespace {

struct ShowsTwoSymbols : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("shows_two_symbols");
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ShowsTwoSymbols)
