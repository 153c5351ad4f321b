#include "describe/page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plugin/standard_fields.hpp"

namespace oddity::describe {

std::string_view type_name(std::int32_t type) noexcept {
  switch (type) {
    case ODDITY_BOOL:
      return "bool";
    case ODDITY_INT:
      return "int";
    case ODDITY_DOUBLE:
      return "double";
    case ODDITY_DURATION:
      return "duration";
    default:
      return "string";
  }
}

std::string default_of(const oddity_option_spec& option) {
  if (option.default_value == nullptr) return option.list != 0 ? "may be left out" : "required";
  return *option.default_value == '\0' ? "default ''" : fmt::format("default {}", option.default_value);
}

std::string bytes(std::uint64_t count) {
  const auto size = static_cast<double>(count);
  if (count < 1000) return fmt::format("{} B", count);
  return count < 1'000'000 ? fmt::format("{:.1f} kB", size / 1e3) : fmt::format("{:.1f} MB", size / 1e6);
}

std::string holdings(const plugin::Measured& measured) {
  if (measured.samples == 0) return "not measured: it refuses its own defaults";
  const std::string when = measured.size == 0 ? fmt::format("after {} samples", measured.samples)
                                              : fmt::format("at size {}", measured.size);
  return fmt::format("{} of memory and {} of saved state, {}", bytes(measured.memory), bytes(measured.state),
                     when);
}

std::vector<std::string> offered(const plugin::DetectorDescription& description) {
  std::vector<std::string> names;
  for (const auto& field : plugin::standard_fields)
    if ((description.offers & field.bit) != 0) names.emplace_back(field.name);
  return names;
}

std::string reasons(const plugin::DetectorDescription& description) {
  return description.reasons.empty() ? "no" : fmt::format("{}", fmt::join(description.reasons, "; "));
}

std::string_view answers_with(const plugin::DetectorDescription& description) noexcept {
  if (!description.offers_p) return "a strength";
  return description.calibrated() ? "a p-value, held against the series' own past" : "a p-value";
}

std::string_view fields(const plugin::DetectorDescription& description) noexcept {
  return description.fields == ODDITY_FIELDS_ALL ? "all fields together" : "each field by itself";
}

}  // namespace oddity::describe
