// The result of one window, before its parts are given the names that users see.
#pragma once

#include <cstddef>
#include <vector>

#include "detect/decision.hpp"
#include "detect/plan.hpp"
#include "detect/results.hpp"
#include "oddity/abi.h"
#include "window/group_window.hpp"

namespace oddity::detect {

/// One detector's answer to one window, and what follows from it.
struct DetectorResult {
  const DetectorSpec* spec = nullptr;
  const FieldSet* field_set = nullptr;  ///< what it judged
  std::size_t place = 0;                ///< of the detector among those of the field set
  oddity_evaluation evaluation{};
  Decision decision;
};

/// Refers to the window and to the pipeline; valid until the pipeline judges the next window.
struct Verdict {
  const window::GroupWindow* window = nullptr;
  const ResultSchema* schema = nullptr;  ///< the names of its fields
  std::vector<DetectorResult> results;   ///< those with a p or an output of their own
  Decision overall;
};

}  // namespace oddity::detect
