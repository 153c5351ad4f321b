// The Brown-Forsythe test of each window's spread against a rolling history's.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/order_statistics.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity::plugins {

/// Compares how far values lie from their own median: the mean of |x − median| of the window with that of the
/// history, by an analysis of variance of these distances (Brown & Forsythe 1974, JASA 69, p. 364), as SciPy's
/// levene(window, history, center='median'). Medians instead of means make it hold for skewed values as well.
/// Of two groups F is t², so it has a direction: above asks for more spread, below for less. The level has no
/// part in it.
class Variance {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("f", "", "Brown and Forsythe's F: how much the two spreads differ, whichever is the larger."),
      output("spread", "", "Window's spread over the history's; 1 is normal.")};
  static constexpr Description description{
      .name = "variance",
      .version = "1.0.0",
      .about = "The Brown-Forsythe test of each window's spread against a rolling history's.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .wants_sorted = true,
      .offers = offers_observed | offers_expected};

  explicit Variance(const Options& given) : history_(static_cast<std::size_t>(given.integer("size"))) {}

  /// observed and expected are the mean distances from the median.
  Evaluation evaluate(const Window& window, const Question& question) const {
    const Distances observed = distances_of(window.column().sorted());
    Evaluation answer;
    answer.observed = or_absent(observed.mean);
    if (history_.size() < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    const Distances history = distances_of(history_.sorted());
    answer.expected = or_absent(history.mean);
    if (observed.count < 2 || !std::isfinite(observed.mean) || !std::isfinite(history.mean))
      return undefined(answer.observed);
    if (history.mean == 0) return judge_constant(answer, window, question);

    // Where neighbours correlate by r, their distances from the middle do by r².
    const double autocorrelation = std::pow(window.column().autocorrelation(), 2);
    const double n = effective_size(history.count, autocorrelation);
    const double m = effective_size(observed.count, autocorrelation);
    const double degrees = std::fmax(n + m - 2, 1);
    // Within both groups, of one value.
    const double mean_square = (history.squares + observed.squares) / (history.count + observed.count - 2);
    const double standard_error = std::sqrt(mean_square) * std::sqrt(1 / n + 1 / m);
    const double apart = observed.mean - history.mean;
    if (!std::isfinite(standard_error) || (standard_error == 0 && squares_vanish(history, observed)))
      return undefined(answer.observed);
    const double t = ratio(apart, standard_error);
    answer.outputs[0] = or_largest(t * t);
    answer.outputs[1] = ratio(observed.mean, history.mean);
    if (standard_error == 0) return judge_unvaried(answer, apart, window, question);
    answer.p = p_value(t, question.direction, [&](double x) { return student_t_sf(x, degrees); });
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::yes) history_.add(window);
  }

  void snapshot(StateWriter& out) const { history_.snapshot(out); }
  void restore(StateReader& in, std::uint32_t) { history_.restore(in); }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// From the median of some values.
  struct Distances {
    double count;
    double mean;
    double squares;  ///< of their deviations from that mean, summed
  };

  static Distances distances_of(std::span<const double> sorted) noexcept {
    const double median = median_of(sorted);
    const auto count = static_cast<double>(sorted.size());
    double sum = 0;
    for (const double value : sorted) sum += std::abs(value - median);
    const double mean = sum / count;
    double squares = 0;
    for (const double value : sorted) {
      const double apart = std::abs(value - median) - mean;
      squares += apart * apart;
    }
    return {count, mean, squares};
  }

  static bool squares_vanish(const Distances& history, const Distances& window) noexcept {
    constexpr double least = 1e-150;
    return std::fmax(history.mean, window.mean) < least;
  }

  /// On both sides all values are equally far from their median, as any two are: nothing to divide by.
  Evaluation judge_unvaried(Evaluation answer, double apart, const Window& window,
                            const Question& question) const noexcept {
    answer.outcome = Outcome::constant;
    answer.p =
        goes(apart, question.direction) ? p_without_spread(history_.size(), window.rows(), window.rows()) : 1;
    return answer;
  }

  /// A history without any spread: any window with one is infinitely more spread out.
  Evaluation judge_constant(Evaluation answer, const Window& window,
                            const Question& question) const noexcept {
    const auto values = window.column().sorted();
    answer.outcome = Outcome::constant;
    // Those that make the spread: all but the largest group of equal values.
    std::size_t equal = 0;
    for (std::size_t at = 0, behind = 0; at < values.size(); at = behind) {
      while (behind < values.size() && values[behind] == values[at]) ++behind;
      equal = std::max(equal, behind - at);
    }
    answer.p = goes(answer.observed, question.direction)
                   ? p_without_spread(history_.size(), values.size(), values.size() - equal)
                   : 1;
    answer.outputs[0] = answer.outputs[1] = ratio(answer.observed, 0);
    if (answer.observed == 0) answer.outputs[1] = 1;
    return answer;
  }

  /// One value has no spread; or the squares leave the doubles.
  SortedWindow history_;
};

}  // namespace oddity::plugins
