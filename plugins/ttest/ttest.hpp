// Welch's t-test of each window against a rolling history: the reference detector, and the first to read.
#pragma once

#include <cmath>

#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/rolling_windows.hpp"

namespace oddity::plugins {

/// Tests whether the window's mean is that of the history, without assuming equal variances.
///
/// t = (mean of history − mean of window) / standard error, as SciPy's ttest_ind(history, window,
/// equal_var=False); p from Student's t with the degrees of freedom of Welch (1947, Biometrika 34, p. 28) and
/// Satterthwaite (1946, Biometrics Bulletin 2, p. 110). A window of one value has no variance of its own: it
/// is tested as a new observation with the history's (equal_var=True).
class TTest {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {output(
      "t", "", "Welch's statistic: mean of the history minus mean of the window, over its standard error.")};
  static constexpr Description description{
      .name = "ttest",
      .version = "1.1.0",
      .about = "Welch's t-test of each window's mean against a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .state_version = 2,
      .offers = offers_all_fields};

  explicit TTest(const Options& given) : history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const Moments observed = window.column().moments();
    const Moments history = history_.moments();
    Evaluation answer;
    answer.observed = or_absent(observed.mean);
    if (history.count < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = or_absent(history.mean);
    const double shift = observed.minus(history);
    answer.effect = ratio(shift, std::sqrt(history.variance()));
    if (history.constant() && observed.constant()) return judge_constant(answer, history, observed, question);

    const Difference difference = compare(history, observed, window.column().autocorrelation());
    if (!std::isfinite(shift) || !std::isfinite(difference.standard_error) || difference.standard_error == 0)
      return undefined(answer.observed);
    const double t = ratio(-shift, difference.standard_error);
    // The data lie above the history where t is negative.
    answer.p = p_value(-t, question.direction, [&](double x) { return student_t_sf(x, difference.degrees); });
    if (std::isnan(answer.p)) return undefined(answer.observed);
    answer.outputs[0] = t;
    const double quantile = student_t_quantile(tail_of(question), difference.degrees);
    answer.set_bounds(-quantile * difference.standard_error, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::yes) history_.add(window);
  }

  void snapshot(StateWriter& out) const { history_.snapshot(out); }
  /// Version 1 held all samples.
  void restore(StateReader& in, std::uint32_t version) {
    version == 1 ? history_.restore_samples(in) : history_.restore(in);
  }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// The standard error of the difference of the means, and its degrees of freedom.
  struct Difference {
    double standard_error;
    double degrees;
  };

  /// Samples that say something about the next count for as many as they are worth; where that leaves the
  /// window fewer than two, it has no variance of its own either.
  static Difference compare(const Moments& history, const Moments& window, double autocorrelation) noexcept {
    const double n_history = effective_size(static_cast<double>(history.count), autocorrelation);
    const double n_window = effective_size(static_cast<double>(window.count), autocorrelation);
    if (n_window < 2) {
      const double degrees = std::fmax(n_history - 1, 1);
      return {std::sqrt(history.variance()) * std::sqrt(1 / n_history + 1 / n_window), degrees};
    }
    const double of_history = mean_square(history, n_history) / n_history;
    const double of_window = mean_square(window, n_window) / n_window;
    // Written with the history's share of the variance: no square of a variance can overflow or vanish.
    const double share = of_history / (of_history + of_window);
    return {std::sqrt(of_history + of_window),
            1 / (share * share / (n_history - 1) + (1 - share) * (1 - share) / (n_window - 1))};
  }

  /// The variance without bias: the sum of squares of n samples in a row that are worth `worth` expects
  /// n (1 − 1/worth) of it, which is n − 1 where they are independent.
  static double mean_square(const Moments& samples, double worth) noexcept {
    const auto n = static_cast<double>(samples.count);
    return worth == n ? samples.variance() : samples.sum_of_squares / (n * (1 - 1 / worth));
  }

  /// No variance on either side: p comes from equality alone.
  static Evaluation judge_constant(Evaluation answer, const Moments& history, const Moments& window,
                                   const Question& question) noexcept {
    const double shift = window.minus(history);
    answer.outcome = Outcome::constant;
    answer.p =
        goes(shift, question.direction) ? p_without_spread(history.count, window.count, window.count) : 1;
    answer.outputs[0] = ratio(-shift, 0);
    answer.set_bounds(0, question.direction);
    return answer;
  }

  RollingWindows history_;
};

}  // namespace oddity::plugins
