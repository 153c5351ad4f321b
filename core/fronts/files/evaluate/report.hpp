// All results of a run, as a table for people and as JSON for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/curve.hpp"
#include "evaluate/evaluation.hpp"

namespace oddity::evaluate {

struct Report {
  std::string judged_by;  ///< the options, or whose scores they are
  AlarmRule alarms;       ///< whose threshold all results but the curves have
  std::vector<SetResult> sets;
  std::optional<SetResult> all;  ///< where there are several
  std::vector<Curve> curves;     ///< one for each set, then of all; by the same names
};

/// A line for each set and for all, `by_series` one for each series, too; then the thresholds that would be best, and the scores
/// of NAB and UCR.
std::string table(const Report& report, bool by_series);

/// One document, with a newline at its end. What has no value is null.
std::string json(const Report& report, bool by_series);

}  // namespace oddity::evaluate
