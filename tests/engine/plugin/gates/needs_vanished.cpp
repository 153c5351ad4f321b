// Needs a library that is on no machine.
#include "oddity/abi.h"

extern "C" int vanished();
extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host*) {
  vanished();
  return nullptr;
}
