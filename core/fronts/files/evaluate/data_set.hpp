// A folder of labelled series, in one of two layouts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "replay/named_few.hpp"

namespace oddity::evaluate {

/// plain: series/ID.csv[.gz|.zst], labels.csv (series,begin,end: row numbers, the end excluded), and maybe index.csv, whose column
///        `train` is the length of a part that is for learning only.
/// nab:   data/GROUP/FILE.csv, and windows.json or labels/combined_windows.json: {"GROUP/FILE.csv": [[time, time], ...]}, both
///        times inside.
enum class Layout : std::uint8_t { plain, nab };

struct RowLabel {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct TimeLabel {
  std::int64_t begin = 0;  ///< ns since 1970 UTC
  std::int64_t end = 0;    ///< inside
};

struct Label {
  std::string where;  ///< file and line, or file and key: for remarks
  std::variant<RowLabel, TimeLabel> at;
};

struct SeriesFile {
  std::string name;  ///< ID, or GROUP/FILE.csv
  std::filesystem::path file;
  std::vector<Label> labels;
  std::optional<std::size_t> train;
};

struct DataSet {
  std::string name;  ///< the folder as it was named
  Layout layout = Layout::plain;
  std::vector<SeriesFile> series;               ///< in order of their names
  std::vector<std::filesystem::path> labels{};  ///< the files that labels and index stand in
};

/// Which series there are, and their labels; the series themselves are not read. A label that names no series of the folder, or
/// is none, is added to `wrong_labels`. Throws oddity::Error where the folder has neither layout, its labels cannot be read, or it
/// holds no series.
DataSet find_data_set(const std::filesystem::path& folder, replay::NamedFew& wrong_labels);

/// The parts of it; `found` has the layout, and its series' files are there.
void add_plain_labels(const std::filesystem::path& folder, DataSet& found, replay::NamedFew& wrong_labels);
void add_nab_labels(const std::filesystem::path& labels, DataSet& found, replay::NamedFew& wrong_labels);

}  // namespace oddity::evaluate
