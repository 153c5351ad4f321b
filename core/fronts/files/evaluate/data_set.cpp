#include "evaluate/data_set.hpp"

#include <algorithm>
#include <system_error>

#include "base/error.hpp"
#include "replay/packing.hpp"

namespace oddity::evaluate {
namespace {

namespace fs = std::filesystem;

/// The labels of NAB's layout; empty: there are none.
fs::path nab_labels(const fs::path& folder) {
  for (const char* const name : {"windows.json", "labels/combined_windows.json"}) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / name, ignored)) return folder / name;
  }
  return {};
}

bool is_csv(const fs::path& file) {
  return replay::unpacked_name(file.filename().string()).ends_with(".csv");
}

/// "016" of 016.csv.gz.
std::string without_ending(std::string name) {
  name = replay::unpacked_name(name);
  if (name.ends_with(".csv")) name.resize(name.size() - 4);
  return name;
}

void find_series(const fs::path& folder, DataSet& found) {
  const bool plain = found.layout == Layout::plain;
  const fs::path top = folder / (plain ? "series" : "data");
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top)) {
    if (!entry.is_regular_file() || !is_csv(entry.path())) continue;
    const std::string name = fs::relative(entry.path(), top).generic_string();
    found.series.push_back({plain ? without_ending(name) : name, entry.path(), {}, {}});
  }
  std::sort(found.series.begin(), found.series.end(),
            [](const SeriesFile& one, const SeriesFile& other) { return one.name < other.name; });
  if (found.series.empty())
    throw Error(
        {"data '" + folder.string() + "'", "series in " + top.string(), "no .csv, .csv.gz or .csv.zst", ""});
  for (std::size_t i = 1; i < found.series.size(); ++i) {
    if (found.series[i].name == found.series[i - 1].name)
      throw Error({"data '" + folder.string() + "'", "each series once",
                   found.series[i - 1].file.string() + " and " + found.series[i].file.string(),
                   "remove one of them"});
  }
}

}  // namespace

DataSet find_data_set(const fs::path& folder, replay::NamedFew& wrong_labels) {
  std::error_code ignored;
  const bool plain =
      fs::is_directory(folder / "series", ignored) && fs::exists(folder / "labels.csv", ignored);
  const fs::path windows = nab_labels(folder);
  if (!plain && (windows.empty() || !fs::is_directory(folder / "data", ignored))) {
    throw Error(
        {"data '" + folder.string() + "'",
         "series/ and labels.csv, or as of NAB data/ and windows.json or labels/combined_windows.json",
         !fs::exists(folder, ignored)         ? "no such folder"
         : !fs::is_directory(folder, ignored) ? "a file"
                                              : "neither",
         "docs/evaluate.md has both layouts"});
  }
  DataSet found;
  found.name = folder.generic_string();
  while (found.name.size() > 1 && found.name.ends_with('/')) found.name.pop_back();
  found.layout = plain ? Layout::plain : Layout::nab;
  find_series(folder, found);
  if (plain) {
    found.labels = {folder / "labels.csv", folder / "index.csv"};
    add_plain_labels(folder, found, wrong_labels);
  } else {
    found.labels = {windows};
    add_nab_labels(windows, found, wrong_labels);
  }
  return found;
}

}  // namespace oddity::evaluate
