// Uses a function that nobody has, and was not linked with -z defs.
#include "oddity/abi.h"

extern "C" const oddity_plugin* nowhere_defined();
extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(
    const oddity_host*) {
  return nowhere_defined();
}
