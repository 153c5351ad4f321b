#include <stdexcept>

#include "good.hpp"

namespace {
struct ThrowsInUpdate : bad::Good {
  using Good::Good;
  static constexpr oddity::Description description = bad::described("throws_in_update");
  void update(const oddity::Window&, oddity::Learn) { throw std::runtime_error("cannot learn"); }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(ThrowsInUpdate)
