// It has an interface of any name.
#include "one_fault.hpp"

namespace {

struct OffersAnyInterface : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("offers_any_interface");
};
using Exported = oddity::detail::Exported<OffersAnyInterface>;

const void* offer(const char*) noexcept { return "here you are"; }

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Exported::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.capability = &offer;
  return &spoiled;
}
