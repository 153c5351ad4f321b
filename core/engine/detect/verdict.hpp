// What the engine says of a window, before it is given names.
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "detect/plan.hpp"
#include "oddity/door.h"
#include "window/group_window.hpp"

namespace oddity::detect {

/// One sensor's answer to one window.
struct Finding {
  const Sensor* sensor = nullptr;
  oddity_evaluation evaluation{};
  const Subject* subject = nullptr;  ///< what it judged
};

/// Refers to the window and to the engine; valid until the engine judges the next one.
struct Verdict {
  const window::GroupWindow* window = nullptr;
  double alpha = 0;
  std::vector<Finding> findings;  ///< those with anything to say: a p, or an output of their own
  double p = std::numeric_limits<double>::quiet_NaN();  ///< overall; NaN: nothing was judged
  bool anomalous = false;                               ///< p < alpha
};

/// The p of k judged at once: min(1, k · least p), the first step of Holm (1979, p. 66). NaN when none was
/// judged.
inline double overall_p(std::size_t judged, double least) noexcept {
  if (judged == 0) return std::numeric_limits<double>::quiet_NaN();
  return std::fmin(1.0, static_cast<double>(judged) * least);
}

/// ln p / ln alpha: above 1 is anomalous, for every algorithm. ln p is floored at -708, where doubles end.
inline double score(double p, double alpha) noexcept {
  constexpr double floor = -708;
  return std::fmax(std::log(p), floor) / std::log(alpha) + 0.0;  // + 0.0: p = 1 gives 0, not -0
}

}  // namespace oddity::detect
