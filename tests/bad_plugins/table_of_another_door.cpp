// Its table is smaller than that of any door.
#include "one_fault.hpp"

namespace {

struct TableOfAnotherDoor : bad::ZScore {
  using ZScore::ZScore;
  static constexpr bad::Description description = bad::described("table_of_another_door");
};
using Door = oddity::detail::Door<TableOfAnotherDoor>;

}  // namespace

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host* host) {
  const oddity_plugin* const good = Door::entry(host);
  if (good == nullptr) return nullptr;
  static oddity_plugin spoiled;
  spoiled = *good;
  spoiled.struct_size = 16;
  return &spoiled;
}
