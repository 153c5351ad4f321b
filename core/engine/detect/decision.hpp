// What follows from a p-value: concluded once, for everybody who shows it or acts on it.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

namespace oddity::detect {

/// Of one detector, of the detectors that judge the same columns, or of a whole window.
struct Decision {
  /// In [0, 1]; NaN: nothing was judged.
  double p = std::numeric_limits<double>::quiet_NaN();
  /// Above 1 is anomalous, for every algorithm; NaN where p is.
  double score = std::numeric_limits<double>::quiet_NaN();
  bool anomalous = false;
  bool learn = true;  ///< whether the window joins what is taken for normal

  bool judged() const noexcept { return !std::isnan(p); }
};

/// The overall p-value of k judgements: min(1, k · the smallest), the first step of Holm (1979, p. 66).
class LeastP {
 public:
  /// NaN: not judged, and not counted.
  void add(double p) noexcept {
    if (std::isnan(p)) return;
    ++judged_;
    min_ = std::fmin(min_, p);
  }
  /// NaN: none was judged.
  double overall() const noexcept {
    if (judged_ == 0) return std::numeric_limits<double>::quiet_NaN();
    return std::fmin(1.0, static_cast<double>(judged_) * min_);
  }

 private:
  std::size_t judged_ = 0;
  double min_ = 1;
};

/// 1. Decider decider(alpha);
/// 2. decide(p) for each p that is shown or acted upon.
class Decider {
 public:
  /// `alpha`: in (0, 1).
  explicit Decider(double alpha) noexcept : alpha_(alpha) {}
  /// Anomalous below alpha; learned above it, and where nothing was judged.
  Decision decide(double p) const noexcept;

 private:
  double alpha_;
};

}  // namespace oddity::detect
