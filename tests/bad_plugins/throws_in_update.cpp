// update throws.
#include "one_fault.hpp"

namespace {

struct ThrowsInUpdate : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("throws_in_update");
  void update(const bad::Window&, bad::Learn) { throw std::runtime_error("cannot learn"); }
};

}  // namespace
ODDITY_EXPORT_DETECTOR(ThrowsInUpdate)
