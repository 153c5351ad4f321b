// It takes no host of a later ABI.
#include "one_fault.hpp"

namespace {

struct WantsThisVeryHost : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("wants_this_very_host");
};
using Exported = oddity::detail::Exported<WantsThisVeryHost>;

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  if (host->struct_size != sizeof(oddity_host)) return nullptr;
  return Exported::entry(host);
}
