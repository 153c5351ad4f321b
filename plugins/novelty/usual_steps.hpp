// How large the steps of a series usually are, and how large they ever were.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "novelty/past.hpp"
#include "novelty/tail_histogram.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// A value seen as a step, in the series' unit.
struct Step {
  double median = 0;         ///< of the ten values before: where it came from
  double from_median = 0;    ///< the value minus that
  double from_previous = 0;  ///< and minus the one before
};

/// A step is large when it is so in units of the usual ones, which 95 % of the latest day or so of a value a minute do not
/// exceed, but not smaller than a twentieth of the range: where a series rests, any change would be large. Where large steps
/// are a part of what is usual, in a heavy tail, the units grow.
class UsualSteps {
 public:
  static Step step(const Past& past, float value) noexcept {
    std::array<float, 10> before;
    for (std::size_t i = 0; i < before.size(); ++i) before[i] = past.latest(i + 1);
    const std::size_t known = std::min(before.size(), past.rows());
    if (known == 0) return {value, 0, 0};
    std::sort(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(known));
    const double median = (double{before[(known - 1) / 2]} + before[known / 2]) / 2;
    return {median, value - median, double{value} - past.latest(1)};
  }

  /// The larger of the two steps, in units of the usual ones, with the sign of the first. 1e4 at most.
  double size(const Step& step) const noexcept {
    const double size = std::fmax(ratio(std::abs(step.from_median), from_median_),
                                  ratio(std::abs(step.from_previous), from_previous_));
    return std::copysign(size / heaviness_, step.from_median);
  }
  /// A step of that size from the median, in the series' unit.
  double step_of_size(double size) const noexcept { return size * heaviness_ * unit_of(from_median_); }
  /// The step from the median as a share of all that the series ever did; what is long ago counts less and less. 4 at most.
  double share_of_extremes(const Step& step) const noexcept {
    const double size = std::abs(step.from_median);
    const double whole = highest_ - lowest_;
    return size < 4 * whole ? size / whole : 4;
  }
  /// Between the 0.1 % and the 99.9 % quantile of the past.
  double range() const noexcept { return range_; }

  /// `odd`: of that row and the ones behind it, which are as odd, one alone counts in the tail of what is usual.
  void add(const Step& step, float value, const Past& past, bool odd) {
    from_median_.add(std::abs(step.from_median));
    from_previous_.add(std::abs(step.from_previous));
    if (until_apart_ == 0) apart_.add(std::abs(step.from_median));
    until_apart_ = odd ? rows_apart : until_apart_ - std::min(until_apart_, 1U);
    reach_to(value);
    if (until_range_-- > 0) return;
    measure_range(past);
    measure_heaviness();
  }

  void snapshot(StateWriter& out) const {
    from_median_.snapshot(out);
    from_previous_.snapshot(out);
    apart_.snapshot(out);
    out.write(until_apart_);
    out.write(heaviness_);
    for (const double number : {range_, lowest_, highest_}) out.write(number);
    out.write(std::uint8_t{reached_});
    out.write(until_range_);
  }
  /// `knows_tail`: in earlier versions of the state nothing was known of it.
  void restore(StateReader& in, bool knows_tail = true) {
    from_median_.restore(in);
    from_previous_.restore(in);
    if (knows_tail) restore_tail(in);
    std::array<double, 3> numbers;
    in.read_finite(numbers);
    range_ = numbers[0];
    lowest_ = numbers[1];
    highest_ = numbers[2];
    const auto reached = in.read<std::uint8_t>();
    until_range_ = in.read<std::uint32_t>();
    if (range_ < 0 || highest_ < lowest_ || reached > 1 || until_range_ > rows_a_range)
      throw StateError("the usual steps in the state are impossible");
    reached_ = reached != 0;
  }

 private:
  static constexpr double usual_share = 0.05;
  static constexpr double least_share_of_range = 0.05;
  static constexpr std::uint32_t steps_remembered = 2880;
  static constexpr std::uint32_t rows_a_range = 64;
  static constexpr std::uint32_t apart_remembered = 20000;
  static constexpr std::uint32_t rows_apart = 20;

  double unit_of(const TailHistogram& usual) const noexcept {
    return std::fmax(usual.exceeded_by(usual_share), least_share_of_range * range_);
  }
  double ratio(double size, const TailHistogram& usual) const noexcept {
    constexpr double most = 1e4;
    const double unit = unit_of(usual);
    return size < most * unit ? size / unit : size > 0 ? most : 0;
  }

  void reach_to(double value) noexcept {
    constexpr double kept = 1 - 1e-5;  // a row; half of it after 70 000
    if (!reached_) lowest_ = highest_ = value;
    reached_ = true;
    const double middle = (lowest_ + highest_) / 2;
    lowest_ = std::fmin(value, middle + (lowest_ - middle) * kept);
    highest_ = std::fmax(value, middle + (highest_ - middle) * kept);
  }

  void restore_tail(StateReader& in) {
    apart_.restore(in);
    until_apart_ = in.read<std::uint32_t>();
    in.read_finite({&heaviness_, 1});
    if (until_apart_ > rows_apart || heaviness_ < 1)
      throw StateError("the tail of the steps in the state is impossible");
  }

  /// The step that one of 333 exceeds is 1.5 usual ones in normal noise, 1.94 where the tail is exponential, and from 1.5 to 2 in
  /// most series of the labelled sets. What goes beyond goes on beyond: the rarer a step, the more of it, hence the power.
  void measure_heaviness() noexcept {
    constexpr double rare_share = 0.003;
    constexpr double light = 2.1;
    constexpr double goes_on = 1.5;
    constexpr std::uint32_t fewest_steps = 1000;
    const double unit = unit_of(apart_);
    const bool known = unit > 0 && apart_.count() >= fewest_steps;
    heaviness_ = known ? std::pow(std::fmax(1, apart_.exceeded_by(rare_share) / unit / light), goes_on) : 1;
  }

  void measure_range(const Past& past) {
    std::array<float, Past::reach> sorted;
    const auto values = past.values();
    std::copy(values.begin(), values.end(), sorted.begin());
    const auto at = [&](std::size_t rank) {
      const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(rank);
      std::nth_element(sorted.begin(), place, sorted.begin() + static_cast<std::ptrdiff_t>(values.size()));
      return double{*place};
    };
    const std::size_t beyond = values.size() / 1000;  // at each end
    range_ = values.empty() ? 0 : at(values.size() - 1 - beyond) - at(beyond);
    until_range_ =
        std::min<std::uint32_t>(rows_a_range, 1 + static_cast<std::uint32_t>(values.size() / 16)) - 1;
  }

  TailHistogram from_median_{steps_remembered};
  TailHistogram from_previous_{steps_remembered};
  /// Steps from the median, of odd rows that come together once.
  TailHistogram apart_{apart_remembered};
  std::uint32_t until_apart_ = 0;  ///< rows that belong to the latest odd one
  double heaviness_ = 1;           ///< units of large steps in usual ones
  double range_ = 0;
  double lowest_ = 0;
  double highest_ = 0;
  bool reached_ = false;
  std::uint32_t until_range_ = 0;  ///< rows until the range is measured anew
};

}  // namespace oddity::plugins::novelty
