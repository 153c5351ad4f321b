// A function of its table is a null pointer.
#include "one_fault.hpp"

namespace {

struct NullFunction : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("null_function");
};
using Exported = oddity::detail::Exported<NullFunction>;

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Exported::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.restore = nullptr;
  return &spoiled;
}
