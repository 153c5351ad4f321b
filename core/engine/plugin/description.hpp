// A detector's description in this host's layout: copied once, when its library is loaded, so that no other
// code meets a struct of another size.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "oddity/abi.h"

namespace oddity::plugin {

/// What oddity_description says, with all members that this host knows: those that a plugin of an
/// older minor version lacks are 0. Members mean what their namesakes there mean; texts are the
/// library's, and live as long as it.
struct DetectorDescription {
  DetectorDescription() = default;
  /// `theirs` has sizes that the handshake lets pass (handshake.hpp): its specs are where it says.
  explicit DetectorDescription(const oddity_description& theirs);

  bool calibrated() const noexcept { return (offers & ODDITY_OFFERS_CALIBRATED) != 0; }
  bool gets_used_to_things() const noexcept { return (offers & ODDITY_OFFERS_HABITUATION) != 0; }
  bool serves(std::int32_t direction) const noexcept { return (directions & (1u << direction)) != 0; }

  const char* name = nullptr;
  const char* version = nullptr;
  const char* about = nullptr;
  const char* build = nullptr;
  std::vector<oddity_option_spec> options;
  std::vector<oddity_output_spec> outputs;
  std::int32_t fields = ODDITY_FIELDS_ONE;
  std::uint32_t directions = 0;
  bool wants_sorted = false;
  bool offers_p = false;
  std::uint32_t state_version = 0;
  std::uint32_t oldest_state_version = 0;
  std::uint64_t offers = 0;  ///< bits ODDITY_OFFERS_*
  std::vector<const char*> reasons;
};

/// The directions as users write them, by their number in the ABI.
inline constexpr std::array<std::string_view, 3> direction_names{"both", "above", "below"};

/// ODDITY_BOTH for "both", and so on; std::nullopt: there is no direction of this name.
std::optional<std::int32_t> direction_named(std::string_view name) noexcept;
/// Those that are served.
std::vector<std::string_view> directions_of(const DetectorDescription& description);

}  // namespace oddity::plugin
