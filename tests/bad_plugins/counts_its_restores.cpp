// Its state counts how often it was restored.
#include "one_fault.hpp"

namespace {

struct CountsItsRestores : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("counts_its_restores");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(restores);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    restores = in.read<std::uint64_t>() + 1;
  }
  std::uint64_t restores = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(CountsItsRestores)
