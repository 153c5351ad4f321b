// It cannot be saved as long as it has learned nothing.
#include "one_fault.hpp"

namespace {

struct NoStateBeforeLearning : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("no_state_before_learning");
  void update(const bad::Window& window, bad::Learn learn) {
    learned = learned || learn == bad::Learn::yes;
    ZScore::update(window, learn);
  }
  void snapshot(bad::StateWriter& out) const {
    if (!learned) throw std::runtime_error("there is nothing to save");
    ZScore::snapshot(out);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    learned = true;
    ZScore::restore(in, version);
  }
  bool learned = false;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(NoStateBeforeLearning)
