// What the engine keeps of one group.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/field_set_window.hpp"
#include "plugin/detector.hpp"

namespace oddity::detect {

/// One subject of one group: the instances of its sensors, in their order, and how far they have come.
struct SeriesState {
  std::vector<plugin::Detector> detectors;
  std::int64_t last_learned = never;  ///< time of the latest row that joined the baseline
  std::int64_t last_seen = never;     ///< time of the latest row judged
};

struct Group {
  std::vector<SeriesState> series;  ///< one for each subject
  std::int64_t last_end = never;  ///< of the latest window
};

}  // namespace oddity::detect
