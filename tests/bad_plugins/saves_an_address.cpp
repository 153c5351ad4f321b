// It saves a pointer.
#include "one_fault.hpp"

namespace {

struct SavesAnAddress : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("saves_an_address");
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(reinterpret_cast<std::uintptr_t>(this));
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    in.read<std::uintptr_t>();
  }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(SavesAnAddress)
