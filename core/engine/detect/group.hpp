// What a pipeline keeps of one group.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/field_set_window.hpp"
#include "plugin/detector.hpp"

namespace oddity::detect {

/// The state of one field set in one group: an instance of each of its detectors, in the plan's
/// order, and how far they have come.
struct SeriesState {
  std::vector<plugin::Detector> detectors;
  std::int64_t last_learned = never;  ///< time of the latest row that joined the baseline
  std::int64_t last_seen = never;     ///< time of the latest row judged
};

struct Group {
  std::vector<SeriesState> series;  ///< one for each field set
  std::int64_t last_end = never;    ///< of the latest window
};

}  // namespace oddity::detect
