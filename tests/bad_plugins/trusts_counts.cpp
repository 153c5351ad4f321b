// It makes room for as many numbers as the state announces, before it looks whether they are there.
#include <vector>

#include "one_fault.hpp"

namespace {

struct TrustsCounts : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("trusts_counts");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(std::uint64_t{notes.size()});
    for (const double note : notes) out.write(note);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    notes.resize(in.read<std::uint64_t>());
    for (double& note : notes) note = in.read_double();
  }
  std::vector<double> notes{1, 2, 3};
};

}  // namespace
ODDITY_EXPORT_DETECTOR(TrustsCounts)
