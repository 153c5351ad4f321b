#include "plugin/gates.hpp"

#include "plugin/handshake.hpp"
#include "plugin/place.hpp"
#include "plugin/reasons.hpp"

namespace oddity::plugin {

std::string refusal(const std::filesystem::path& file, const Probe& probe, Place place) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none)) return reasons::no_file(file).sentence();
  if (file.extension() != ".so" || !is_algorithm_name(file.stem().string()))
    return reasons::no_name(file).sentence();
  if (place == Place::asked) {
    if (const auto wrong = distrust(file, trusted_owners(probe.executable()))) return wrong->sentence();
  }
  return probe.run(file);
}

}  // namespace oddity::plugin
