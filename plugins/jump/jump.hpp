// How large a step each window makes, in units of the steps that the series usually makes.
#pragma once

#include <algorithm>
#include <cmath>

#include "jump/range.hpp"
#include "jump/recent.hpp"
#include "oddity/detector.hpp"
#include "oddity/rarity.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity::plugins {

/// The step of a row is its value minus the median of the last ten; j is the step over the usual one: the 95 %
/// quantile of the absolute values of the latest 1 440 steps, and at least a twentieth of the range that the
/// series has had, since after a flat stretch any change would be a large one. A window is judged by its
/// largest step, and by how many rows it had to make one: p of m rows is 1 − (1 − p)^m (Šidák 1967, Journal of
/// the American Statistical Association 62, p. 626).
///
/// A level that shifts is one jump: the values move on whether they were learned or not, and ten rows later
/// the new level is where steps begin. The usual step is learned only.
class Jump {
 public:
  static constexpr OptionSpec options[] = {
      int_option("size", "samples", "How many of the latest normal samples make up the history.")
          .between(2, 1e7)
          .defaults_to("1440"),
      int_option("reference", "samples", "A step leads away from the median of so many values before it.")
          .between(1, 1000)
          .defaults_to("10")};
  static constexpr OutputSpec outputs[] = {
      output("jump", "usual steps", "The window's largest step; positive when it leads upward."),
      output("usual", "", "The usual step, in the field's unit.")};
  static constexpr Description description{
      .name = "jump",
      .version = "1.0.0",
      .about = "How large a step each window makes, in units of the steps that the series usually makes.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .offers = offers_all_fields | offers_calibrated_p};

  explicit Jump(const Options& given)
      : recent_(static_cast<std::size_t>(given.integer("reference"))),
        steps_(static_cast<std::size_t>(given.integer("size"))),
        range_(steps_.capacity()) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    Evaluation answer;
    answer.observed = window.column().values().back();
    if (recent_.empty() || steps_.size() < std::min(few, steps_.capacity())) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    const std::size_t unseen = recent_.unseen(window);
    const std::size_t rows = unseen == 0 ? window.rows() : unseen;
    const Step step = largest_step(window.column().values().last(rows), question.direction);
    const Rarity rarity(steps_, share_of_range * range_.width());

    const auto m = static_cast<double>(rows);
    answer.p = -std::expm1(m * std::log1p(-rarity.p(step.length(), question.direction)));
    answer.observed = step.value;
    answer.expected = step.from;
    answer.outputs[0] = answer.effect = ratio(step.length(), rarity.usual());
    answer.outputs[1] = rarity.usual();
    const double rare_enough = -std::expm1(std::log1p(-question.alpha) / m);
    answer.set_bounds(rarity.reach(rare_enough, question.direction), question.direction);
    if (rarity.usual() == 0) return judge_constant(answer, window.column().values().last(rows), question);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    const std::size_t rows = std::min(window.fresh(), recent_.unseen(window));
    if (rows == 0) return;
    std::vector<double> steps;
    for (const double value : window.column().values().last(rows)) {
      if (!recent_.empty()) steps.push_back(Step{value, recent_.median()}.length());
      recent_.add(value);
      range_.add(value);
    }
    recent_.saw(window);
    if (learn == Learn::yes) steps_.add(steps);
  }

  void snapshot(StateWriter& out) const {
    recent_.snapshot(out);
    range_.snapshot(out);
    steps_.snapshot(out);
  }
  void restore(StateReader& in, std::uint32_t) {
    recent_.restore(in);
    range_.restore(in);
    steps_.restore(in);
  }
  std::size_t footprint() const noexcept {
    return sizeof *this + recent_.footprint() + range_.footprint() + steps_.footprint();
  }

 private:
  /// With fewer, chance may leave the 95 % quantile far below the usual step: three of sixty exceed it.
  static constexpr std::size_t few = 60;
  static constexpr double share_of_range = 0.05;

  struct Step {
    double value = 0;
    double from = 0;
    double length() const noexcept { return or_largest(value - from); }
  };

  /// Nothing has varied: where no step was ever made, p comes from how many were not.
  Evaluation judge_constant(Evaluation answer, std::span<const double> values,
                            const Question& question) const {
    answer.outcome = Outcome::constant;
    if (steps_.sorted().front() != 0 || steps_.sorted().back() != 0) return answer;
    const auto equal = static_cast<std::size_t>(std::count(values.begin(), values.end(), recent_.median()));
    answer.p = goes(answer.effect, question.direction)
                   ? p_without_spread(steps_.size(), values.size(), values.size() - equal)
                   : 1;
    return answer;
  }

  Step largest_step(std::span<const double> values, Direction direction) const {
    jump::Recent recent = recent_;
    Step largest{values.front(), recent.median()};
    for (const double value : values) {
      const Step step{value, recent.median()};
      if (reached(step.length(), direction) > reached(largest.length(), direction)) largest = step;
      recent.add(value);
    }
    return largest;
  }

  jump::Recent recent_;
  SortedWindow steps_;
  jump::Range range_;
};

}  // namespace oddity::plugins
