// windows.json, as NAB has it.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "evaluate/data_set.hpp"

namespace oddity::evaluate {
namespace {

std::optional<TimeLabel> label_of(const nlohmann::json& window) {
  if (!window.is_array() || window.size() != 2 || !window[0].is_string() || !window[1].is_string())
    return std::nullopt;
  const auto begin = parse_time(window[0].get_ref<const std::string&>());
  const auto end = parse_time(window[1].get_ref<const std::string&>());
  if (!begin || !end || *end < *begin) return std::nullopt;
  return TimeLabel{*begin, *end};
}

nlohmann::json windows_of(const std::filesystem::path& labels) {
  std::ifstream file(labels);
  nlohmann::json all = nlohmann::json::parse(file, nullptr, false);
  if (!all.is_object())
    throw Error({labels.string(), "a JSON object of series and their windows",
                 all.is_discarded() ? "what is no JSON" : all.type_name(), ""});
  return all;
}

}  // namespace

void add_nab_labels(const std::filesystem::path& labels, DataSet& found, replay::NamedFew& wrong_labels) {
  const nlohmann::json all = windows_of(labels);
  for (auto entry = all.begin(); entry != all.end(); ++entry) {
    const std::string& name = entry.key();
    const nlohmann::json& windows = entry.value();
    const std::string where = labels.string() + ", '" + name + "'";
    const auto series = std::find_if(found.series.begin(), found.series.end(),
                                     [&](const SeriesFile& one) { return one.name == name; });
    if (series == found.series.end() || !windows.is_array()) {
      wrong_labels.add([&] {
        return Diagnostic{where, series == found.series.end() ? "a series of data/" : "an array of windows",
                          series == found.series.end() ? "none of that name" : windows.type_name(), ""}
            .sentence();
      });
      continue;
    }
    for (const nlohmann::json& window : windows) {
      if (const auto label = label_of(window)) {
        series->labels.push_back({where, *label});
      } else {
        wrong_labels.add([&] {
          return Diagnostic{where, "two times, [begin, end]", window.dump(), ""}.sentence();
        });
      }
    }
  }
}

}  // namespace oddity::evaluate
