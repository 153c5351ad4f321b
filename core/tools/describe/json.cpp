// A description as JSON, for programs.
#include <fmt/format.h>

#include "describe/page.hpp"

namespace oddity::describe {
namespace {

using Json = nlohmann::ordered_json;

Json option_json(const oddity_option_spec& option) {
  Json json{{"name", option.name},
            {"type", type_name(option.type)},
            {"list", option.list != 0},
            {"required", option.default_value == nullptr && option.list == 0},
            {"default", option.default_value == nullptr ? Json() : Json(option.default_value)},
            {"unit", option.unit},
            {"about", option.about},
            {"shapesState", option.shapes_state != 0}};
  if (option.type == ODDITY_STRING) {
    json["choices"] = option.choices == nullptr ? Json() : Json::array();
    std::string_view rest = option.choices == nullptr ? "" : option.choices;
    while (!rest.empty()) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      json["choices"].push_back(rest.substr(0, bar));
      rest.remove_prefix(std::min(rest.size(), bar + 1));
    }
  } else if (option.type != ODDITY_BOOL) {
    json["least"] = option.min;
    json["most"] = option.max;
  }
  return json;
}

}  // namespace

Json json(const Page& page) {
  const plugin::DetectorDescription& about = page.description();
  Json json{{"name", about.name},
            {"version", about.version},
            {"about", about.about},
            {"file", page.library->path().string()},
            {"build", about.build == nullptr ? Json() : Json(about.build)},
            {"abi", fmt::format("{}.{}", ODDITY_ABI_MAJOR, page.library->table().abi_minor)},
            {"options", Json::array()},
            {"outputs", Json::array()},
            {"directions", plugin::directions_of(about)},
            {"fields", about.fields == ODDITY_FIELDS_ALL ? "all" : "one"},
            {"wantsSorted", about.wants_sorted},
            {"offersP", about.offers_p},
            {"calibrated", about.calibrated()},
            {"getsUsedToThings", about.gets_used_to_things()},
            {"offers", offered(about)},
            {"reasons", about.reasons},
            {"stateVersion", about.state_version},
            {"oldestStateVersion", about.oldest_state_version}};
  for (const auto& option : page.options()) json["options"].push_back(option_json(option));
  for (const auto& output : page.outputs())
    json["outputs"].push_back({{"name", output.name}, {"unit", output.unit}, {"about", output.about}});
  json["perGroup"] = page.measured.samples == 0
                         ? Json()
                         : Json{{"size", page.measured.size == 0 ? Json() : Json(page.measured.size)},
                                {"samples", page.measured.samples},
                                {"memoryBytes", page.measured.memory},
                                {"stateBytes", page.measured.state}};
  return json;
}

Json json(std::span<const Entry> entries) {
  Json all = Json::array();
  for (const Entry& entry : entries) {
    if (!entry.refused.empty()) {
      all.push_back({{"file", entry.file.string()}, {"refused", entry.refused}});
    } else if (!entry.hidden_by.empty()) {
      all.push_back({{"file", entry.file.string()}, {"hiddenBy", entry.hidden_by.string()}});
    } else {
      all.push_back(json(entry.page));
    }
  }
  return all;
}

}  // namespace oddity::describe
