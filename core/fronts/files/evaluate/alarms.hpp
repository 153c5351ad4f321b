// When a detector that goes on saying "odd" is worth calling somebody again, at any threshold.
#pragma once

#include <cstdint>

#include "detect/rest.hpp"

namespace oddity::evaluate {

struct AlarmRule {
  double threshold = 1;          ///< a score above it is odd
  options::Extent quiet{20, 0};  ///< windows or a time without an odd one, after which one is news
};

/// The engine's own rule of alarms, over scores.
///
/// 1. Alarms(rule) for each series;
/// 2. raises(score, time) for each window, in order.
class Alarms {
 public:
  explicit Alarms(const AlarmRule& rule) noexcept : rule_(rule) {}

  /// Whether this window, whose last row is of that time (ns), raises an alarm; a NaN is not odd.
  bool raises(double score, std::int64_t time) noexcept {
    return rest_.alarms(score > rule_.threshold, score, time, rule_.quiet);
  }

 private:
  AlarmRule rule_;
  detect::Rest rest_;
};

}  // namespace oddity::evaluate
