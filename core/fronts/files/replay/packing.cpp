#include "replay/packing.hpp"

#include "replay/gzip_packing.hpp"
#include "replay/zstd_packing.hpp"

namespace oddity::replay {

std::unique_ptr<Packing> packing_of(std::span<const char> first) {
  if (GzipPacking::begins(first)) return std::make_unique<GzipPacking>();
  if (ZstdPacking::begins(first)) return std::make_unique<ZstdPacking>();
  return nullptr;
}

std::string unpacked_name(const std::string& name) {
  for (const std::string_view ending : packed_endings) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

}  // namespace oddity::replay
