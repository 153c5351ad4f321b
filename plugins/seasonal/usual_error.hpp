// How far off an expectation usually is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "oddity/evaluation.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::seasonal {

/// The mean of the first distances, of later ones a moving average that forgets (Roberts 1959, Technometrics
/// 1, p. 240), in which no distance counts for more than four times the usual one.
class UsualError {
 public:
  /// 0 until a distance has come.
  double usual() const noexcept { return usual_; }
  std::uint32_t count() const noexcept { return count_; }

  /// `distance`: finite, not negative. `memory`: after so many the average forgets.
  void add(double distance, std::uint32_t memory) noexcept {
    constexpr double wild = 4;
    if (count_ > 1 && usual_ > 0) distance = std::min(distance, or_largest(wild * usual_));
    count_ = std::min(count_ + 1, memory);
    usual_ += (distance - usual_) / count_;
  }

  void snapshot(StateWriter& out) const {
    out.write(usual_);
    out.write(count_);
  }
  /// Throws StateError.
  void restore(StateReader& in) {
    usual_ = in.read_double();
    count_ = in.read<std::uint32_t>();
    if (!std::isfinite(usual_) || usual_ < 0) throw StateError("a usual error in the state is no distance");
    if (count_ > largest_memory) throw StateError("a usual error in the state is of too many");
  }
  static constexpr std::uint32_t largest_memory = 1'000'000;

 private:
  double usual_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace oddity::plugins::seasonal
