// Its entry function returns no table.
#include "oddity/abi.h"

extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host*) {
  return nullptr;
}
