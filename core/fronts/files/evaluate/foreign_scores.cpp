#include "evaluate/foreign_scores.hpp"

#include <cmath>

#include "base/error.hpp"
#include "evaluate/series_reader.hpp"
#include "replay/packing.hpp"

namespace oddity::evaluate {

namespace fs = std::filesystem;

namespace {

/// The row, counted from 0 as labels are, and what of its file could not be read, if anything.
std::string unscored_row(const ReadSeries& read, const fs::path& file, std::size_t row) {
  std::string place = file.string() + ", row " + std::to_string(row);
  for (const Remark* wrong : {&read.unreadable, &read.no_numbers})
    if (wrong->count != 0) return place + "; the first that could not be read: " + wrong->first;
  return place;
}

}  // namespace

fs::path scores_file(const fs::path& folder, const std::string& series) {
  const fs::path place(replay::unpacked_name(series).ends_with(".csv") ? series : series + ".csv");
  const fs::path whole = folder.has_filename() ? folder : folder.parent_path();
  const std::string detector = fs::weakly_canonical(whole).filename().string();
  const fs::path named = folder / place.parent_path() / (detector + "_" + place.filename().string());
  for (const fs::path& file : {named, folder / place}) {
    if (fs::is_regular_file(file)) return file;
    for (const std::string_view ending : replay::packed_endings) {
      if (const std::string path = file.string().append(ending); fs::is_regular_file(path)) return path;
    }
  }
  throw Error({"option '--scores'", "scores of " + series, "no file " + named.string(), ""});
}

Judged read_scores(const fs::path& folder, const LabelledSeries& series) {
  const fs::path file = scores_file(folder, series.name);
  const ReadSeries read =
      read_series({series.name, file, {}, {}}, {{"anomaly_score"}, formats::Precision::s});
  if (read.series.rows() != series.rows())
    throw Error({file.string(), std::to_string(series.rows()) + " rows, as many as its series has",
                 std::to_string(read.series.rows()), ""});
  Judged judged;
  judged.windows.reserve(series.rows());
  for (std::size_t row = 0; row < series.rows(); ++row) {
    const double score = read.series.columns[0][row];
    judged.windows.push_back({row, row, score});
    if (std::isnan(score)) judged.unscored.note([&] { return unscored_row(read, file, row); });
  }
  return judged;
}

}  // namespace oddity::evaluate
