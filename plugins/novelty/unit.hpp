// The unit in which novelty counts a series' values.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// A series' own unit: values count from its first, in a power of two of its first change. So floats have the
/// digits to tell its values apart, whatever it measures, and series that differ by a power of two are judged alike.
class Unit {
 public:
  float in(double value) const noexcept {
    const double scaled = std::ldexp(value - origin_, -exponent_);
    return static_cast<float>(std::clamp(scaled, -farthest, farthest));
  }
  double out(double scaled) const noexcept { return origin_ + std::ldexp(scaled, exponent_); }
  /// A difference, in the field's unit.
  double out_difference(double scaled) const noexcept { return std::ldexp(scaled, exponent_); }

  void see(double value) noexcept {
    if (!begun_) {
      origin_ = value;
      begun_ = true;
    } else if (!scaled_ && value != origin_) {
      std::frexp(std::clamp(value - origin_, -1e308, 1e308), &exponent_);
      scaled_ = true;
    }
  }

  void snapshot(StateWriter& out) const {
    out.write(origin_);
    out.write(std::int32_t{exponent_});
    out.write(static_cast<std::uint8_t>((begun_ ? 1 : 0) + (scaled_ ? 2 : 0)));
  }
  void restore(StateReader& in) {
    in.read_finite({&origin_, 1});
    exponent_ = in.read<std::int32_t>();
    const auto flags = in.read<std::uint8_t>();
    if (flags > 3 || exponent_ < -1100 || exponent_ > 1100)
      throw StateError("the unit of the series in the state is impossible");
    begun_ = (flags & 1) != 0;
    scaled_ = (flags & 2) != 0;
  }

 private:
  static constexpr double farthest = 1e37;
  double origin_ = 0;
  int exponent_ = 0;
  bool begun_ = false;
  bool scaled_ = false;
};

}  // namespace oddity::plugins::novelty
