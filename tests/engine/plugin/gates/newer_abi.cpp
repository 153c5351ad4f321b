// Has the entry of a later ABI only.
extern "C" __attribute__((visibility("default"))) const void* oddity_plugin_entry_v2(const void*) {
  return nullptr;
}
