// How far apart in time the windows, or the rows, of a series usually are.
//
// LIFE CYCLE
//   1. Spacing spacing                 nothing is known yet.
//   2. spacing.restore(reader)         at most once, before the first distance.
//   3. spacing.add(distance)           for each two that follow each other; spacing.usual() at any time.
//   4. spacing.snapshot(writer)        between them.
#pragma once

#include <cmath>
#include <cstdint>

#include "oddity/state.hpp"

namespace oddity {

/// A running median of distances: gaps and jumps of the clock hardly move it.
class Spacing {
 public:
  /// `distance`: of one after the other, ns; what is not above 0 is no distance.
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

  /// Writes the usual distance.
  void snapshot(StateWriter& out) const { out.write(usual_); }
  /// Takes over what snapshot wrote. Throws StateError.
  void restore(StateReader& in) {
    in.read_finite({&usual_, 1});
    if (usual_ < 0) throw StateError("a distance in the state is negative");
  }

 private:
  double usual_ = 0;
};

}  // namespace oddity
