// How far apart the windows of a series usually are.
#pragma once

#include <cmath>
#include <cstdint>

#include "oddity/state.hpp"

namespace oddity::detect {

/// A running median of the distances of windows' ends: gaps and jumps of the clock hardly move it.
class Spacing {
 public:
  /// `distance`: of two windows one after the other, ns; what is not above 0 is no distance.
  void add(std::int64_t distance) noexcept {
    if (distance <= 0) return;
    const auto next = static_cast<double>(distance);
    constexpr double step = 0.05;
    if (usual_ == 0 || std::abs(next - usual_) <= step * usual_) {
      usual_ = next;
    } else {
      usual_ *= next > usual_ ? 1 + step : 1 - step;
    }
  }
  /// ns; 0: not known yet.
  double usual() const noexcept { return usual_; }

  void save(StateWriter& out) const { out.write(usual_); }
  void restore(StateReader& in) {
    in.read_finite({&usual_, 1});
    if (usual_ < 0) throw StateError("the distance of windows in the state is negative");
  }

 private:
  double usual_ = 0;
};

}  // namespace oddity::detect
