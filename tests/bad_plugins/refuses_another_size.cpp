// It refuses a state of another size, and does not declare that size shapes it.
#include "one_fault.hpp"

namespace {

struct RefusesAnotherSize : bad::ZScore {
  static constexpr bad::Description description = bad::described("refuses_another_size");
  explicit RefusesAnotherSize(const bad::Options& options) : ZScore(options), size(options.integer("size")) {}
  void snapshot(bad::StateWriter& out) const {
    ZScore::snapshot(out);
    out.write(size);
  }
  void restore(bad::StateReader& in, std::uint32_t version) {
    ZScore::restore(in, version);
    if (in.read<std::int64_t>() != size) throw oddity::StateError("the size is another one");
  }
  std::int64_t size;
};

}  // namespace
ODDITY_EXPORT_DETECTOR(RefusesAnotherSize)
