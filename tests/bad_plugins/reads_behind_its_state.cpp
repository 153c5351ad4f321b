// It copies from the state without looking how much is there.
#include "one_fault.hpp"

namespace {

struct ReadsBehindItsState : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("reads_behind_its_state");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    for (const double note : notes) out.write(note);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    const auto rest = in.take(in.remaining());
    for (std::size_t i = 0; i < sizeof notes; ++i)
      reinterpret_cast<unsigned char*>(notes)[i] = std::to_integer<unsigned char>(rest.data()[i]);
    if (rest.size() != sizeof notes) throw oddity::StateError("the state has another length");
  }
  double notes[3] = {1, 2, 3};
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ReadsBehindItsState)
