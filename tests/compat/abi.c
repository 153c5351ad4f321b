/* The ABI as a library, for abidiff: its debug information has every struct that crosses. */
#include "oddity/abi.h"

const oddity_plugin* oddity_plugin_entry_v1(const oddity_host* host) {
  (void)host;
  return 0;
}

/* These are reached through pointers to void or by stride, so the entry alone does not name them. */
void oddity_abi_values(const oddity_value* value, const oddity_evaluation* evaluation) {
  (void)value;
  (void)evaluation;
}
