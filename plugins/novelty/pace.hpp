// How often the values of a series come.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "oddity/spacing.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// What follows from the usual distance of rows, which is a minute while it is not known.
class Pace {
 public:
  void add(std::int64_t time) noexcept {
    std::int64_t distance = 0;
    if (begun_ && !__builtin_sub_overflow(time, last_, &distance)) spacing_.add(distance);
    measure();
    last_ = time;
    begun_ = true;
  }

  std::int64_t last() const noexcept { return begun_ ? last_ : std::numeric_limits<std::int64_t>::min(); }

  /// From 0, a value a minute or more often, to 1, a value every five minutes or less.
  double slow() const noexcept { return slow_; }

  /// 0: not known, or more than anybody would count.
  std::size_t rows_a_day() const noexcept { return rows_a_day_; }

  /// As a power of ten.
  double rows_a_week() const noexcept { return rows_a_week_; }

  /// As a power of ten; 0 where it is not. Once a week is so much rarer among more rows, which is more than a past of
  /// some thousand rows can show.
  double faster_than_a_minute() const noexcept { return faster_than_a_minute_; }

  void snapshot(StateWriter& out) const {
    spacing_.snapshot(out);
    out.write(last_);
    out.write(std::uint8_t{begun_});
  }
  void restore(StateReader& in) {
    spacing_.restore(in);
    last_ = in.read<std::int64_t>();
    const auto begun = in.read<std::uint8_t>();
    if (begun > 1) throw StateError("the pace of the series in the state is impossible");
    begun_ = begun != 0;
    measure();
  }

 private:
  /// Each row asks several times, and distances hardly ever change.
  void measure() noexcept {
    const double usual = spacing_.usual();
    if (usual == measured_) return;
    measured_ = usual;
    constexpr double day = 24 * 3600e9;
    constexpr double most_rows = 1e6;
    const double minutes = usual == 0 ? 1 : usual / 60e9;
    slow_ = std::clamp(std::log(minutes) / std::log(5.0), 0.0, 1.0);
    rows_a_day_ =
        usual == 0 || day / usual > most_rows ? 0 : static_cast<std::size_t>(std::lround(day / usual));
    rows_a_week_ = std::log10(7 * 24 * 60 / minutes);
    faster_than_a_minute_ = std::fmax(0, -std::log10(minutes));
  }

  Spacing spacing_;
  std::int64_t last_ = 0;
  bool begun_ = false;
  // What follows from the usual distance.
  double measured_ = -1;
  double slow_ = 0;
  double rows_a_week_ = std::log10(7 * 24 * 60);
  double faster_than_a_minute_ = 0;
  std::size_t rows_a_day_ = 0;
};

}  // namespace oddity::plugins::novelty
