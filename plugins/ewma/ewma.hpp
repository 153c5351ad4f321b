// The EWMA control chart: an exponentially weighted moving average of how far values lie from a rolling
// history.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/rolling_moments.hpp"
#include "oddity/rows_seen.hpp"

namespace oddity::plugins {

/// e ← λ u + (1 − λ) e for each value's deviation u = (value − mean) / s from the history (Roberts 1959,
/// Technometrics 1, p. 239): a small shift that stays adds up, which no window by itself would show. What is
/// judged is e at the window's end, by its exact variance after t values, λ/(2 − λ) (1 − (1 − λ)^2t) (Lucas &
/// Saccucci 1990, Technometrics 32, p. 1), to which comes that of the history's mean; s is not known either,
/// hence Student's t.
///
/// The average moves on with every window, learned or not, so a fault that is over is forgotten after some 1/λ
/// values; only what is learned joins the history.
class Ewma {
 public:
  static constexpr OptionSpec options[] = {
      size_option,
      double_option(
          "lambda", "",
          "Weight of the latest value: the smaller, the longer the memory, and the smaller the shift "
          "that shows.")
          .between(0.001, 1)
          .defaults_to("0.2")};
  static constexpr OutputSpec outputs[] = {
      output("ewma", "standard errors", "Average of the latest values' deviations, in its standard errors.")};
  static constexpr Description description{
      .name = "ewma",
      .version = "1.0.0",
      .about = "An EWMA control chart of the values' deviations from a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .offers = offers_all_fields};

  explicit Ewma(const Options& given)
      : lambda_(given.number("lambda")), history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const Moments history = history_.moments();
    Evaluation answer;
    answer.observed = or_absent(window.column().mean());
    if (history.count < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = or_absent(history.mean);
    if (history.constant() && !std::isnan(answer.observed))
      return judge_constant(answer, history, window, question);
    const double deviation = std::sqrt(history.variance());
    if (!std::isfinite(deviation) || deviation == 0) return undefined(answer.observed);

    const Average average = moved_on(window, history, deviation);
    if (average.values == 0) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    const double autocorrelation = window.column().autocorrelation();
    const double n = std::fmax(effective_size(static_cast<double>(history.count), autocorrelation), 2);
    const double of_average = variance_of(average, autocorrelation);
    const double kept = std::pow(1 - lambda_, static_cast<double>(average.values));
    const double standard_error = std::sqrt(of_average + (1 - kept) * (1 - kept) / n);
    answer.observed = or_largest(history.mean + average.deviation * deviation);
    answer.effect = average.deviation;
    answer.outputs[0] = ratio(average.deviation, std::sqrt(of_average));
    const double t = ratio(average.deviation, standard_error);
    answer.p = p_value(t, question.direction, [&](double x) { return student_t_sf(x, n - 1); });
    const double quantile = student_t_quantile(tail_of(question), n - 1);
    answer.set_bounds(-quantile * standard_error * deviation, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    const Moments history = history_.moments();
    const double deviation = history.count < 2 ? 0 : std::sqrt(history.variance());
    if (deviation > 0 && std::isfinite(deviation)) average_ = moved_on(window, history, deviation);
    seen_.add(window);
    if (learn == Learn::yes) history_.add(window.fresh_values());
  }

  void snapshot(StateWriter& out) const {
    out.write(average_.deviation);
    out.write(average_.values);
    seen_.snapshot(out);
    history_.snapshot(out);
  }
  void restore(StateReader& in, std::uint32_t) {
    average_.deviation = in.read_double();
    average_.values = in.read<std::uint64_t>();
    if (!(std::abs(average_.deviation) <= farthest))
      throw StateError("an average in the state is impossible");
    seen_.restore(in);
    history_.restore(in);
  }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// A value counts as at most so many standard deviations away: one wild number is over in some 20 values.
  static constexpr double farthest = 100;

  struct Average {
    double deviation = 0;
    std::uint64_t values = 0;  ///< how many went into it
  };

  /// The average behind the rows of the window that have not been seen. Without a spread there are no
  /// deviations, and it waits.
  Average moved_on(const Window& window, const Moments& history, double spread) const noexcept {
    Average average = average_;
    seen_.each_new(window, [&](double value) {
      const double apart = (value - history.mean - history.mean_rest) / spread;
      average.deviation += lambda_ * (std::clamp(apart, -farthest, farthest) - average.deviation);
      ++average.values;
    });
    return average;
  }

  /// Where neighbours correlate by r, as in a first-order autoregression, the average of many values varies by
  /// (1 + r (1 − λ)) / (1 − r (1 − λ)) more (Schmid 1997, Frontiers in Statistical Quality Control 5, p. 115).
  double variance_of(const Average& average, double autocorrelation) const noexcept {
    const double forgotten = 1 - std::pow(1 - lambda_, 2 * static_cast<double>(average.values));
    const double r = std::fmax(autocorrelation, 0) * (1 - lambda_);
    return lambda_ / (2 - lambda_) * forgotten * (1 + r) / (1 - r);
  }

  /// A history without variance: any other mean is infinitely many standard errors away.
  static Evaluation judge_constant(Evaluation answer, const Moments& history, const Window& window,
                                   const Question& question) noexcept {
    const auto values = window.column().values();
    const auto equal = static_cast<std::size_t>(std::count(values.begin(), values.end(), history.mean));
    const double shift = answer.observed - answer.expected;
    answer.outcome = Outcome::constant;
    answer.p = goes(shift, question.direction)
                   ? p_without_spread(history.count, window.rows(), window.rows() - equal)
                   : 1;
    answer.outputs[0] = answer.effect = ratio(shift, 0);
    answer.set_bounds(0, question.direction);
    return answer;
  }

  double lambda_;
  Average average_;
  RowsSeen seen_;
  RollingMoments history_;
};

}  // namespace oddity::plugins
