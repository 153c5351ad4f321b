// What the engine runs: fields, algorithms and alpha, resolved and loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "oddity/door.h"
#include "plugin/detector.hpp"

namespace oddity::detect {

/// One chosen algorithm, with the digest of those options that a saved state depends on.
struct Chosen {
  std::shared_ptr<const plugin::Algorithm> algorithm;
  std::string state_shape;  ///< text of the options with shapes_state, "" when there are none
};

struct Plan {
  std::vector<std::string> fields;  ///< at least one
  double alpha = 0;                 ///< in (0, 1)
  std::vector<Chosen> algorithms;   ///< at least one
  std::int64_t ttl =
      0;  ///< ns of the data's time without a window after which a group is forgotten; 0: never
  std::size_t max_groups = 100'000;  ///< beyond that the least recently used group is forgotten; at least 1
  /// Of the judged quantity, asked of every detector: ODDITY_BOTH, _ABOVE or _BELOW.
  std::int32_t direction = ODDITY_BOTH;
};

/// A detector that every group has one of: an algorithm on one field, or on all fields together.
struct Sensor {
  const Chosen* chosen = nullptr;
  std::string
      prefix;  ///< "[field.][algorithm.]", the parts only where there are several; of every name it reports
  std::string key;  ///< names it in a saved state: algorithm and fields
};

/// The sensors that judge the same columns, and so learn together by one p.
struct Subject {
  std::vector<std::size_t> columns;  ///< of the plan's fields
  std::vector<Sensor> sensors;
  bool wants_sorted = false;
};

/// Lays the plan out; the subjects refer to `plan`, which has to outlive them.
std::vector<Subject> subjects_of(const Plan& plan);

}  // namespace oddity::detect
