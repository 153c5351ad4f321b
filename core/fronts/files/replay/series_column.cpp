#include "replay/series_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace oddity::replay {
namespace {

constexpr std::array<std::string_view, 16> usual_names{
    "host",  "hostname", "server", "instance", "node",    "device",   "sensor", "entity",
    "meter", "machine",  "metric", "series",   "station", "location", "room",   "site"};

/// Without "_id" or "_name" behind it, whatever its case.
bool names_what_is_measured(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view ending : {"_id", "_name", "id"})
    if (name.ends_with(ending) && name.size() > ending.size() &&
        std::ranges::find(usual_names, name.substr(0, name.size() - ending.size())) != usual_names.end())
      return true;
  return std::ranges::find(usual_names, name) != usual_names.end();
}

}  // namespace

std::string series_column(const std::vector<formats::UnusedTexts::Column>& columns) {
  for (const formats::UnusedTexts::Column& column : columns) {
    if (column.texts.size() < 2 || !names_what_is_measured(column.name)) continue;
    return fmt::format(
        "column '{}' has {} values ('{}', '{}'{}) and was not used: all rows are judged as one series; "
        "--group-by {} keeps them apart",
        column.name, column.texts.size(), column.texts[0].substr(0, 40), column.texts[1].substr(0, 40),
        column.texts.size() > 2 ? ", ..." : "", column.name);
  }
  return "";
}

}  // namespace oddity::replay
