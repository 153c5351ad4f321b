// What the engine says of a window, before it is given names.
#pragma once

#include <vector>

#include "detect/decision.hpp"
#include "detect/plan.hpp"
#include "detect/results.hpp"
#include "oddity/abi.h"
#include "window/group_window.hpp"

namespace oddity::detect {

/// One sensor's answer to one window, and what follows from it.
struct DetectorResult {
  const DetectorSpec* spec = nullptr;
  const FieldSet* field_set = nullptr;  ///< what it judged
  oddity_evaluation evaluation{};
  Decision decision;
};

/// Refers to the window and to the engine; valid until the engine judges the next one.
struct Verdict {
  const window::GroupWindow* window = nullptr;
  const ResultSchema* schema = nullptr;  ///< the names of what is found
  std::vector<DetectorResult> results;  ///< those with anything to say: a p, or an output of their own
  Decision overall;
};

}  // namespace oddity::detect
