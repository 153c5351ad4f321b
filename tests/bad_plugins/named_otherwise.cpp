// Its description has another name than its file.
#include "one_fault.hpp"

namespace {

struct NamedOtherwise : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("otherwise");
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NamedOtherwise)
