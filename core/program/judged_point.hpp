// A verdict about one field of a window, as a point of a series.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "detect/verdict.hpp"
#include "page/thinned_points.hpp"

namespace oddity::program {

/// The places of what detectors say about one series among the numbers of its points, in the order in which they first said something.
///
/// 1. SaidColumns columns; 2. first_of(spec) for each that speaks.
class SaidColumns {
 public:
  /// The place of the detector's first number.
  std::size_t first_of(const detect::DetectorSpec& spec);
  /// `pvalue`, `calibrated`, `magnitude`, `effect`, `observed` and the detector's outputs; with `algorithm.` before them where there
  /// are several.
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  std::vector<std::pair<std::size_t, std::size_t>>
      places_;  ///< index of the detector, place of its first number
  std::vector<std::string> names_;
};

struct JudgedPoint {
  page::Point point;
  bool young = true;  ///< not judged, or too little came before for it to mean much
};

/// The window's mean in this column, and least and greatest where it has several values; NaN: it has none. Score and expectation are of
/// the detector that found it oddest; it is anomalous when one of them says so, and an alarm when it is one of the whole window's, too.
JudgedPoint point_of(const detect::Verdict& verdict, std::size_t column, SaidColumns& said);

}  // namespace oddity::program
