#include "detect/saved_state_v1.hpp"

#include "oddity/state.hpp"

namespace oddity::detect {

/// A list of detector specs, the end of the latest window, then the groups; each group's
/// detectors in the list's order.
SavedState read_state_v1(std::span<const std::byte> content) {
  StateReader reader(content);
  SavedState state;
  for (std::uint64_t left = reader.read_count(8 + 4 + 8); left > 0; --left) {
    SavedSpec& spec = state.specs.emplace_back();
    spec.key = reader.read_text();
    spec.version = reader.read<std::uint32_t>();
    spec.shape = reader.read_text();
  }
  state.latest_end = reader.read<std::int64_t>();
  for (std::uint64_t left = reader.read_count(8 + 8 + 8); left > 0; --left) {
    SavedGroup& group = state.groups.emplace_back();
    group.key = reader.read_text();
    group.rank = reader.read<std::uint64_t>();
    group.last_end = reader.read<std::int64_t>();
    for (std::size_t spec = 0; spec < state.specs.size(); ++spec) {
      SavedDetector& detector = group.detectors.emplace_back();
      detector.spec = spec;
      detector.last_learned = reader.read<std::int64_t>();
      detector.last_seen = reader.read<std::int64_t>();
      detector.there = reader.read<std::uint8_t>() == 1;
      detector.bytes = reader.read_text();
    }
  }
  reader.expect_end();
  return state;
}

}  // namespace oddity::detect
