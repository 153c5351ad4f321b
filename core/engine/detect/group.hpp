// What a pipeline keeps of one group.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/calibration.hpp"
#include "detect/correlation.hpp"
#include "detect/field_set_window.hpp"
#include "detect/rest.hpp"
#include "detect/usual_variation.hpp"
#include "oddity/spacing.hpp"
#include "plugin/detector.hpp"

namespace oddity::detect {

/// One detector of one group, and what the stages behind it remember of its answers.
struct DetectorState {
  plugin::Detector detector;
  Calibration calibration;
  Rest rest;
};

/// Windows one after the other that were anomalous, and what may become the new normal: an instance of each
/// detector that has learned nothing but these.
struct AnomalousRun {
  std::int64_t windows = 0;
  std::int64_t begin = never;  ///< end of the first one, ns
  std::vector<plugin::Detector> candidates;

  bool empty() const noexcept { return windows == 0; }
};

/// The state of one field set in one group: an instance of each of its detectors, in the plan's order, and
/// how far they have come.
struct SeriesState {
  std::vector<DetectorState> detectors;
  std::int64_t last_learned = never;  ///< time of the latest row that joined the baseline
  std::int64_t last_seen = never;     ///< time of the latest row judged
  std::int64_t windows = 0;           ///< so far
  std::int64_t first_end = never;     ///< of the first window
  AnomalousRun run;
  /// One for each column, where the plan asks for them; else empty.
  std::vector<UsualVariation> variations;
  std::vector<Correlation> correlations;
};

struct Group {
  std::vector<SeriesState> series;  ///< one for each field set
  std::int64_t last_end = never;    ///< of the latest window
  Spacing spacing;
  Rest rest;  ///< of what its detectors say together
};

}  // namespace oddity::detect
