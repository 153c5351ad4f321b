// The z-score of each window's mean against a rolling history.
#pragma once

#include <algorithm>
#include <cmath>

#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/rolling_windows.hpp"

namespace oddity::plugins {

/// z = (mean of window − mean of history) / (s / √m), with the standard deviation s of the history's n
/// samples (n − 1 below) and the window's m. That takes the history's mean and spread for the truth; p does
/// not: z/√(1 + m/n) has Student's t distribution with n − 1 degrees of freedom for independent normal
/// samples, however few they are (Gosset 1908, Biometrika 6, p. 1), and the normal one where the history is
/// long. The window's own spread has no part in it: a change of spread alone it does not see. A window of one
/// value has its own z.
class ZScore {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("z", "standard errors",
             "Window's mean minus history's mean, in standard errors of the window's mean.")};
  static constexpr Description description{
      .name = "zscore",
      .version = "1.2.0",
      .about = "The z-score of each window's mean against a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .state_version = 2,
      .offers = offers_all_fields};

  explicit ZScore(const Options& given) : history_(static_cast<std::size_t>(given.integer("size"))) {}

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
    if (history.constant() && std::isfinite(observed.mean))
      return judge_constant(answer, history, window, question);

    const double autocorrelation = window.column().autocorrelation();
    const double n = std::fmax(effective_size(static_cast<double>(history.count), autocorrelation), 2);
    const double m = effective_size(static_cast<double>(observed.count), autocorrelation);
    const double deviation = std::sqrt(history.variance());
    const double standard_error = deviation / std::sqrt(m);
    // By how much the standard error of the difference of the two means is larger.
    const double unsure = std::sqrt(1 + m / n);
    const double shift = observed.minus(history);
    if (!std::isfinite(shift) || !std::isfinite(standard_error) || standard_error == 0)
      return undefined(answer.observed);
    const double z = ratio(shift, standard_error);
    answer.p = p_value(z / unsure, question.direction, [&](double t) { return student_t_sf(t, n - 1); });
    answer.outputs[0] = z;
    answer.effect = ratio(shift, deviation);
    const double quantile = student_t_quantile(tail_of(question), n - 1);
    answer.set_bounds(-quantile * unsure * standard_error, question.direction);
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

  RollingWindows history_;
};

}  // namespace oddity::plugins
