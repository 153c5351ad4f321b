// The CUSUM control chart: sums of how far values lie from a rolling history, above and below.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "cusum/tail.hpp"
#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/rolling_moments.hpp"
#include "oddity/rows_seen.hpp"

namespace oddity::plugins {

/// For each value's deviation u = (value − mean) / s from the history, above ← max(above, 0) + u − k and
/// below ← max(below, 0) − u − k (Page 1954, Biometrika 41, p. 100; Hawkins & Olwell 1998, Cumulative Sum
/// Charts). While nothing is wrong both drift to zero; a shift by more than the reference value k adds up, and
/// none that stays is too small for long. What is judged are the sums at the window's end: p is the chance of
/// a sum as large where nothing is wrong and the chart has run for long (see cusum/tail.hpp).
///
/// Behind a window that is not to be learned, which is one that signalled, the sums begin again at zero, as
/// Page's do: a fault that lasts adds up anew, and one that is over leaves nothing to come down from. Sums that
/// went on would stay high for many times as long as the fault.
class Cusum {
 public:
  static constexpr OptionSpec options[] = {
      size_option, double_option("reference", "standard deviations",
                                 "Deviation that does not add up yet: half the shift that is to be found.")
                       .between(0.1, 3)
                       .defaults_to("0.5")};
  static constexpr OutputSpec outputs[] = {
      output("sum", "standard deviations",
             "The larger of the two sums of deviations, negative where it is the one below.")};
  static constexpr Description description{
      .name = "cusum",
      .version = "1.0.0",
      .about = "A two-sided CUSUM control chart of the values' deviations from a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions};

  explicit Cusum(const Options& given)
      : reference_(given.number("reference")), history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const Moments history = history_.moments();
    Evaluation answer;
    if (history.count < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    if (history.constant()) return judge_constant(history, window, question);
    const double deviation = std::sqrt(history.variance());
    if (!std::isfinite(deviation) || deviation == 0) {
      answer.outcome = Outcome::undefined;
      return answer;
    }
    const Sums sums = moved_on(window, history, deviation);
    const double autocorrelation = window.column().autocorrelation();
    const double n = static_cast<double>(history.count);
    const cusum::Walk walk{
        .reference = reference_, .inefficiency = n / effective_size(n, autocorrelation), .samples = n};
    const double larger = std::max({sums.above, sums.below, 0.0});
    answer.outputs[0] = larger == sums.below ? -larger : larger;
    answer.p = cusum::p_value(sums.above, sums.below, walk, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    const Moments history = history_.moments();
    const double deviation = history.count < 2 ? 0 : std::sqrt(history.variance());
    if (deviation > 0 && std::isfinite(deviation)) sums_ = moved_on(window, history, deviation);
    seen_.add(window);
    if (learn == Learn::yes) return history_.add(window.fresh_values());
    sums_ = {};
  }

  void snapshot(StateWriter& out) const {
    out.write(sums_.above);
    out.write(sums_.below);
    seen_.snapshot(out);
    history_.snapshot(out);
  }
  void restore(StateReader& in, std::uint32_t) {
    for (double* sum : {&sums_.above, &sums_.below}) {
      *sum = in.read_double();
      if (!std::isfinite(*sum)) throw StateError("a sum in the state is not finite");
    }
    seen_.restore(in);
    history_.restore(in);
  }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// A value counts as at most so many standard deviations away: one wild number is no fault for ever.
  static constexpr double farthest = 100;

  /// As they were behind the last value; held at zero before the next is added.
  struct Sums {
    double above = 0;
    double below = 0;
  };

  /// The sums behind the rows of the window that have not been seen. Without a spread there are no deviations,
  /// and they wait.
  Sums moved_on(const Window& window, const Moments& history, double spread) const noexcept {
    Sums sums = sums_;
    seen_.each_new(window, [&](double value) {
      const double apart =
          std::clamp((value - history.mean - history.mean_rest) / spread, -farthest, farthest);
      sums.above = std::max(sums.above, 0.0) + apart - reference_;
      sums.below = std::max(sums.below, 0.0) - apart - reference_;
    });
    return sums;
  }

  /// A history without variance: any other value is infinitely many standard deviations away.
  static Evaluation judge_constant(const Moments& history, const Window& window,
                                   const Question& question) noexcept {
    const Moments observed = window.column().moments();
    const auto values = window.column().values();
    const auto equal = static_cast<std::size_t>(std::count(values.begin(), values.end(), history.mean));
    // Halved, it does not overflow.
    const double shift = or_largest(observed.mean) / 2 - history.mean / 2;
    Evaluation answer;
    answer.outcome = Outcome::constant;
    answer.p = goes(shift, question.direction)
                   ? p_without_spread(history.count, window.rows(), window.rows() - equal)
                   : 1;
    answer.outputs[0] = ratio(shift, 0);
    return answer;
  }

  double reference_;
  Sums sums_;
  RowsSeen seen_;
  RollingMoments history_;
};

}  // namespace oddity::plugins
