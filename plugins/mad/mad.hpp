// The robust z-score of each window: its median against the median and MAD of a rolling history.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "mad/as_far.hpp"
#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/order_statistics.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity::plugins {

/// Of one value x, z = 0.6745 (x − median) / MAD, the modified z-score of Iglewicz & Hoaglin (1993, How to
/// Detect and Handle Outliers, ASQC Basic References in Quality Control 16, p. 11); of a window of m values,
/// its median's, in standard errors of such a median. Up to half of the history may be wild without moving
/// median and MAD (the median absolute deviation from the median) beyond the rest.
///
/// p knows how few samples these stand on. The MAD of n normal samples varies as the standard deviation of
/// 0.3675 n does (its efficiency, Hampel 1974, JASA 69, p. 388), and is too small by the factor of Croux &
/// Rousseeuw (1992, Computational Statistics 1, p. 411); so z is held against Student's t, with the
/// uncertainty of the history's median in its standard error.
class MedianAbsoluteDeviation {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("robustZ", "standard errors",
             "Window's median minus history's, in standard errors of the window's median, by the MAD.")};
  static constexpr Description description{
      .name = "mad",
      .version = "1.0.0",
      .about = "The robust z-score of each window's median against a rolling history's median and MAD.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .wants_sorted = true,
      .offers = offers_all_fields};

  explicit MedianAbsoluteDeviation(const Options& given)
      : history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    Evaluation answer;
    answer.observed = median_of(window.column().sorted());
    if (history_.size() < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = median_of(history_.sorted());
    const double mad = median_distance(history_.sorted(), answer.expected);
    const double shift = answer.observed - answer.expected;
    if (mad == 0) return judge_without_spread(answer, window, question);

    const double autocorrelation = window.column().autocorrelation();
    const double n = effective_size(static_cast<double>(history_.size()), autocorrelation);
    const double m = effective_size(static_cast<double>(window.rows()), autocorrelation);
    const double deviation = mad / quartile * small_sample_factor(history_.size());
    const double standard_error = deviation * std::sqrt(variance_of_median(m));
    // By how much the standard error of the difference of the two medians is larger.
    const double unsure = std::sqrt(1 + variance_of_median(n) / variance_of_median(m));
    if (!std::isfinite(shift) || !std::isfinite(deviation) || standard_error == 0)
      return undefined(answer.observed);
    const double t = ratio(shift, standard_error * unsure);
    const double degrees = degrees_of(n);
    answer.p = p_value(t, question.direction, [&](double x) { return student_t_sf(x, degrees); });
    answer.outputs[0] = ratio(shift, mad / quartile * std::sqrt(variance_of_median(m)));
    answer.effect = ratio(shift, mad / quartile);
    const double quantile = student_t_quantile(tail_of(question), degrees);
    answer.set_bounds(-quantile * unsure * standard_error, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::yes) history_.add(window);
  }

  void snapshot(StateWriter& out) const { history_.snapshot(out); }
  void restore(StateReader& in, std::uint32_t) { history_.restore(in); }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// The upper quartile of the standard normal distribution: the MAD of a normal one, in its deviations.
  static constexpr double quartile = 0.6744897501960817;

  /// Of n normal samples, in variances of one: π/2n for many, exact for one, within 2 % for odd n; for even n,
  /// whose two middle ones help each other, up to a fifth too much.
  static double variance_of_median(double n) noexcept {
    constexpr double half = std::numbers::pi / 2;
    return half / (n + half - 1);
  }

  /// How much too small the MAD of n normal samples is, on average (Croux & Rousseeuw).
  static double small_sample_factor(std::size_t n) noexcept {
    constexpr double factors[] = {1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107};
    return n < 10 ? factors[n - 2] : static_cast<double>(n) / (static_cast<double>(n) - 0.8);
  }

  /// Of Student's t. Two or three samples need only one pair close together for a MAD near 0.
  static double degrees_of(double n) noexcept { return n < 4 ? 1 : 0.3675 * n; }

  /// More than half of the history is one value, and the distance of another has no measure but the
  /// distances of those learned: how many are as far?
  Evaluation judge_without_spread(Evaluation answer, const Window& window, const Question& question) const {
    const double shift = answer.observed - answer.expected;
    answer.outcome = Outcome::constant;
    answer.p = goes(shift, question.direction)
                   ? mad::as_far_by_chance(history_.sorted(), window.column().sorted(), answer.expected,
                                           shift, question.direction)
                   : 1;
    answer.outputs[0] = answer.effect = ratio(shift, 0);
    answer.set_bounds(0, question.direction);
    return answer;
  }

  SortedWindow history_;
};

}  // namespace oddity::plugins
