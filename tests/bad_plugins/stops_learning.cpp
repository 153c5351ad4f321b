// It stops learning after 800 rows.
#include "one_fault.hpp"

namespace {

struct StopsLearning : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("stops_learning");
  void update(const bad::Window& window, bad::Learn learn) {
    if (learn != bad::Learn::yes || learned >= 800) return;
    learned += window.fresh();
    ZScore::update(window, learn);
  }
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(learned);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    learned = in.read<std::uint64_t>();
  }
  std::uint64_t learned = 0;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(StopsLearning)
