// How often the values of a series come.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "oddity/state.hpp"

namespace oddity::plugins {

/// A running median of the time between rows: gaps and jumps of the clock hardly move it. A minute while it is not known.
class Pace {
 public:
  void add(std::int64_t time) noexcept {
    const double next = begun_ ? static_cast<double>(time) - static_cast<double>(last_) : 0;
    last_ = time;
    begun_ = true;
    if (next <= 0) return;
    constexpr double step = 0.05;
    if (usual_ == 0 || std::abs(next - usual_) <= step * usual_) {
      usual_ = next;
    } else {
      usual_ *= next > usual_ ? 1 + step : 1 - step;
    }
  }

  std::int64_t last() const noexcept { return begun_ ? last_ : std::numeric_limits<std::int64_t>::min(); }

  /// From 0, a value a minute or more often, to 1, a value every five minutes or less.
  double slow() const noexcept { return std::clamp(std::log(minutes()) / std::log(5.0), 0.0, 1.0); }

  /// 0: not known, or more than anybody would count.
  std::size_t rows_a_day() const noexcept {
    constexpr double day = 24 * 3600e9;
    constexpr double most = 1e6;
    return usual_ == 0 || day / usual_ > most ? 0 : static_cast<std::size_t>(day / usual_ + 0.5);
  }

  /// As a power of ten.
  double rows_a_week() const noexcept { return std::log10(7 * 24 * 60 / minutes()); }

  void snapshot(StateWriter& out) const {
    out.write(usual_);
    out.write(last_);
    out.write(std::uint8_t{begun_});
  }
  void restore(StateReader& in) {
    in.read_finite({&usual_, 1});
    last_ = in.read<std::int64_t>();
    const auto begun = in.read<std::uint8_t>();
    if (usual_ < 0 || begun > 1) throw StateError("the pace of the series in the state is impossible");
    begun_ = begun != 0;
  }

 private:
  double minutes() const noexcept { return usual_ == 0 ? 1 : usual_ / 60e9; }

  double usual_ = 0;  ///< ns
  std::int64_t last_ = 0;
  bool begun_ = false;
};

}  // namespace oddity::plugins
