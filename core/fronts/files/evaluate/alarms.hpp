// When a detector that goes on saying "odd" is worth calling somebody again, at any threshold.
#pragma once

#include "detect/rest.hpp"

namespace oddity::evaluate {

struct AlarmRule {
  double threshold = 1;          ///< a score above it is odd
  options::Extent quiet{20, 0};  ///< windows that are not odd, after which an odd one is news
};

/// The engine's own rule of alarms, over scores.
///
/// 1. Alarms(rule) for each series;
/// 2. raises(score) for each window, in order.
class Alarms {
 public:
  explicit Alarms(const AlarmRule& rule) noexcept : rule_(rule) {}

  /// Whether this window raises an alarm; a NaN is not odd.
  bool raises(double score) noexcept { return rest_.alarms(score > rule_.threshold, score, 0, rule_.quiet); }

 private:
  AlarmRule rule_;
  detect::Rest rest_;
};

}  // namespace oddity::evaluate
