// It learns what it was told not to learn.
#include "one_fault.hpp"

namespace {

struct LearnsEverything : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("learns_everything");
  void update(const bad::Window& window, bad::Learn) { ZScore::update(window, bad::Learn::yes); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(LearnsEverything)
