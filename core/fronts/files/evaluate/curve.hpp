// What the threshold trades: events found against false alarms.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "evaluate/evaluation.hpp"

namespace oddity::evaluate {

struct CurvePoint {
  double threshold = 0;
  EventScore events;  ///< without its delays
  double macro = 0;
};

struct Curve {
  std::string name;                ///< of the set
  std::vector<CurvePoint> points;  ///< by falling threshold
};

/// Of all windows of all sets together, the scores that a millionth up to a quarter of them exceed, and the usual threshold: falling, at most
/// 101.
std::vector<double> thresholds_of(std::span<const JudgedSet> sets, double usual);

/// A curve for each set and, where there are several, one for all: the same thresholds for each.
std::vector<Curve> curves_of(std::span<const JudgedSet> sets, const Rules& rules,
                             std::span<const double> thresholds, std::size_t threads);

/// The point with the highest F1, of equals the one with the highest threshold; nullptr: nowhere is there one.
const CurvePoint* best_f1(const Curve& curve) noexcept;

}  // namespace oddity::evaluate
