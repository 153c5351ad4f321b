// What a detector is worth: the results of all rules, for each series, each set and all of them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/alarms.hpp"
#include "evaluate/data_set.hpp"
#include "evaluate/events.hpp"
#include "evaluate/labelled_series.hpp"
#include "evaluate/nab_score.hpp"

namespace oddity::evaluate {

struct JudgedSeries {
  LabelledSeries series;
  std::vector<JudgedWindow> windows;  ///< ascending by their last rows
};

struct JudgedSet {
  std::string name;
  Layout layout = Layout::plain;
  std::vector<JudgedSeries> series;
};

struct Rules {
  AlarmRule alarms;
  std::optional<std::size_t>
      skip;  ///< rows at the front of each series that are not scored; none: see skipped_rows()
};

/// NAB's own probation in its layout; else the training part, where there is one; else 1440 rows.
std::size_t skipped_rows(const LabelledSeries& series, Layout layout, const Rules& rules) noexcept;

struct NabResult {
  NabScores at_threshold{};  ///< every row above the threshold
  NabScores alarms{};        ///< only those that raise an alarm
  NabBest best;              ///< of all thresholds, every row from it up
  NabBest best_alarms;       ///< of some thresholds, rows above it that raise an alarm
};

struct UcrResult {
  std::size_t series = 0;
  std::size_t right = 0;
};

struct SeriesResult {
  std::string name;
  EventScore events;
  std::optional<bool> ucr_right;
};

struct SetResult {
  std::string name;
  std::vector<SeriesResult> series;
  EventScore events;             ///< of all series together
  double macro = 0;              ///< the recall of each series with events, averaged; NaN: there is none
  std::optional<NabResult> nab;  ///< of sets in NAB's layout
  std::optional<UcrResult> ucr;  ///< where every series has one event after a training part
};

/// `thresholds`: those that are tried for the best score by alarms.
SetResult result_of(const JudgedSet& set, const Rules& rules, std::span<const double> thresholds);

/// All sets as one; each of the rules over those sets that it can be asked of.
SetResult result_of_all(std::span<const JudgedSet> sets, std::span<const SetResult> results,
                        const Rules& rules, std::span<const double> thresholds);

}  // namespace oddity::evaluate
