// Scores that another detector gave, as NAB keeps its results.
#pragma once

#include <filesystem>
#include <string>

#include "evaluate/judge.hpp"
#include "evaluate/labelled_series.hpp"

namespace oddity::evaluate {

/// Where the scores of a series lie below `folder`, which is named after the detector: GROUP/DETECTOR_FILE.csv as in NAB, or
/// GROUP/FILE.csv; of a series without a group, DETECTOR_ID.csv or ID.csv; each may end in .gz or .zst. Throws oddity::Error where none does.
std::filesystem::path scores_file(const std::filesystem::path& folder, const std::string& series);

/// Reads its column `anomaly_score`: one for each row, those without are counted. Throws oddity::Error where the file cannot be
/// read, has no such column, or another number of rows.
Judged read_scores(const std::filesystem::path& folder, const LabelledSeries& series);

}  // namespace oddity::evaluate
