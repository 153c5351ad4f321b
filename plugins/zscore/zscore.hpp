// The z-score of each window's mean against a rolling history.
#pragma once

#include <cmath>

#include "oddity/detector.hpp"
#include "oddity/rolling_moments.hpp"

namespace oddity::plugins {

/// z = (mean of window − mean of history) / (s / √n) with the history's standard deviation s (n − 1 below)
/// and the window's n; p from the normal distribution. Takes the history's variance for the truth, so it
/// suits long histories; a change of spread alone it does not see. A window of one value has its own z.
class ZScore {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("z", "standard errors",
             "Window's mean minus history's mean, in standard errors of the window's mean.")};
  static constexpr Description description{
      .name = "zscore",
      .version = "1.0.0",
      .about = "The z-score of each window's mean against a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions};

  explicit ZScore(const Options& given) : history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const Column column = window.column();
    const Moments history = history_.moments();
    Evaluation answer;
    answer.observed = or_absent(column.mean());
    if (history.count < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = or_absent(history.mean);
    if (history.constant()) return judge_constant(answer);

    const double deviation = std::sqrt(history.variance());
    const double standard_error = deviation / std::sqrt(static_cast<double>(window.rows()));
    const double z = (column.mean() - history.mean) / standard_error;
    if (!std::isfinite(z) || !std::isfinite(standard_error)) return undefined(answer);
    answer.p = p_value(z, question.direction, [](double x) { return normal_above(x); });
    answer.outputs[0] = z;
    answer.effect = or_absent((column.mean() - history.mean) / deviation);
    set_bounds(answer, standard_error, question);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::yes) history_.add(window.fresh_values());
  }

  void snapshot(StateWriter& out) const { history_.snapshot(out); }
  void restore(StateReader& in, std::uint32_t) { history_.restore(in); }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// A history without variance: any other mean is infinitely many standard errors away.
  static Evaluation judge_constant(Evaluation answer) noexcept {
    answer.outcome = Outcome::constant;
    const bool equal = answer.observed == answer.expected;
    answer.p = equal ? 1 : 0;
    if (equal) answer.outputs[0] = 0;
    return answer;
  }

  static Evaluation undefined(const Evaluation& answer) noexcept {
    Evaluation none;
    none.outcome = Outcome::undefined;
    none.observed = answer.observed;
    return none;
  }

  static void set_bounds(Evaluation& answer, double standard_error, const Question& question) noexcept {
    const double tail = question.direction == Direction::both ? question.alpha / 2 : question.alpha;
    const double reach = -normal_quantile(tail) * standard_error;
    if (question.direction != Direction::above) answer.lower = or_absent(answer.expected - reach);
    if (question.direction != Direction::below) answer.upper = or_absent(answer.expected + reach);
  }

  RollingMoments history_;
};

}  // namespace oddity::plugins
