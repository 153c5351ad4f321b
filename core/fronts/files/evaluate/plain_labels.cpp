// labels.csv and index.csv.
#include <algorithm>
#include <array>
#include <optional>

#include "base/error.hpp"
#include "evaluate/data_set.hpp"
#include "evaluate/label_table.hpp"
#include "options/parse.hpp"

namespace oddity::evaluate {
namespace {

std::optional<std::size_t> row_number(const std::string& text) {
  const auto number = options::parse_integer(text);
  return number && *number >= 0 ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

SeriesFile* series_named(DataSet& set, const std::string& name) {
  const auto at =
      std::lower_bound(set.series.begin(), set.series.end(), name,
                       [](const SeriesFile& one, const std::string& other) { return one.name < other; });
  return at != set.series.end() && at->name == name ? &*at : nullptr;
}

std::string sentence(const std::string& where, const std::string& expected, const std::string& found) {
  return Diagnostic{where, expected, found, ""}.sentence();
}

}  // namespace

void add_plain_labels(const std::filesystem::path& folder, DataSet& found, replay::NamedFew& wrong_labels) {
  const std::filesystem::path labels = folder / "labels.csv";
  for (const TableRow& row : read_table(labels, std::array<std::string, 3>{"series", "begin", "end"})) {
    const std::string where = labels.string() + ":" + std::to_string(row.line);
    SeriesFile* const series = series_named(found, row.cells[0]);
    const auto begin = row_number(row.cells[1]);
    const auto end = row_number(row.cells[2]);
    if (series == nullptr) {
      wrong_labels.add([&] {
        return sentence(where, "a series of " + (folder / "series").string(), "'" + row.cells[0] + "'");
      });
    } else if (!begin || !end || *begin >= *end) {
      wrong_labels.add(
          [&] { return sentence(where, "row numbers, begin < end", row.cells[1] + "," + row.cells[2]); });
    } else {
      series->labels.push_back({where, RowLabel{*begin, *end}});
    }
  }
  const std::filesystem::path index = folder / "index.csv";
  if (!std::filesystem::exists(index) || !has_column(index, "train")) return;
  for (const TableRow& row : read_table(index, std::array<std::string, 2>{"series", "train"})) {
    SeriesFile* const series = series_named(found, row.cells[0]);
    const auto train = row_number(row.cells[1]);
    if (series != nullptr && train) {
      series->train = train;
    } else if (series == nullptr || !row.cells[1].empty()) {
      wrong_labels.add([&] {
        return sentence(index.string() + ":" + std::to_string(row.line), "a series and a number of rows",
                        row.cells[0] + "," + row.cells[1]);
      });
    }
  }
}

}  // namespace oddity::evaluate
