#include "plugin/description.hpp"

#include "plugin/growing.hpp"

namespace oddity::plugin {

DetectorDescription::DetectorDescription(const oddity_description& theirs) {
  const auto described = copy_of<oddity_description>(&theirs, theirs.struct_size);
  name = described.name;
  version = described.version;
  about = described.about;
  build = described.build;
  options = copies_of(described.options, described.option_count, described.option_stride);
  outputs = copies_of(described.outputs, described.output_count, described.output_stride);
  fields = described.fields;
  directions = described.directions;
  wants_sorted = described.wants_sorted != 0;
  offers_p = described.offers_p != 0;
  state_version = described.state_version;
  oldest_state_version = described.oldest_state_version;
  offers = described.offers;
  if (described.reasons != nullptr)
    reasons.assign(described.reasons, described.reasons + described.reason_count);
}

std::optional<std::int32_t> direction_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < direction_names.size(); ++i) {
    if (direction_names[i] == name) return static_cast<std::int32_t>(i);
  }
  return std::nullopt;
}

std::vector<std::string_view> directions_of(const DetectorDescription& description) {
  std::vector<std::string_view> served;
  for (std::size_t i = 0; i < direction_names.size(); ++i) {
    if (description.serves(static_cast<std::int32_t>(i))) served.push_back(direction_names[i]);
  }
  return served;
}

}  // namespace oddity::plugin
