// It takes whatever stands behind its state.
#include "one_fault.hpp"

namespace {

struct SwallowsSurplus : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("swallows_surplus");
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    in.take(in.remaining());
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SwallowsSurplus)
