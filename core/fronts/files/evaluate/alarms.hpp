// When a detector that goes on saying "odd" is worth calling somebody again.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

namespace oddity::evaluate {

struct AlarmRule {
  double threshold = 1;    ///< a score above it is odd
  std::size_t quiet = 20;  ///< windows in a row that are not odd, after which an odd one is news
  double rise = 1.2;       ///< before that, one is news that is so many times as high as the last alarm
};

/// 1. Alarms(rule) for each series;
/// 2. raises(score) for each window, in order.
class Alarms {
 public:
  explicit Alarms(const AlarmRule& rule) noexcept : rule_(rule), quiet_(rule.quiet) {}

  /// Whether this window raises an alarm; a NaN is not odd.
  bool raises(double score) noexcept {
    if (!(score > rule_.threshold)) {
      ++quiet_;
      return false;
    }
    const bool news = quiet_ >= rule_.quiet || score >= rule_.rise * last_;
    quiet_ = 0;
    if (news) last_ = score;
    return news;
  }

 private:
  AlarmRule rule_;
  std::size_t quiet_;  ///< windows since the last odd one; a series begins as if it had been quiet
  double last_ = std::numeric_limits<double>::infinity();  ///< score of the last alarm
};

}  // namespace oddity::evaluate
