// Its table is smaller than that of any ABI.
#include "one_fault.hpp"

namespace {

struct TableOfAnotherAbi : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("table_of_another_abi");
};
using Exported = oddity::detail::Exported<TableOfAnotherAbi>;

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Exported::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.struct_size = 16;
  return &spoiled;
}
