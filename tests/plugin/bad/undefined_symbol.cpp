// Uses a function that nobody has, and was not linked with -z defs.
#include "good.hpp"

extern "C" int nowhere_defined();

namespace {
struct UndefinedSymbol : bad::Good {
  static constexpr oddity::Description description = bad::described("undefined_symbol");
  explicit UndefinedSymbol(const oddity::Options& options) : Good(options) { nowhere_defined(); }
};
}  // namespace
ODDITY_EXPORT_DETECTOR(UndefinedSymbol)
