// The rank sum test of each window against a rolling history.
#pragma once

#include <cmath>

#include "mannwhitney/rank_sum.hpp"
#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/order_statistics.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity::plugins {

/// Do the window's values rank among the history's as they should? U counts the pairs in which the window's
/// value is the larger, ties by half (Mann & Whitney 1947, Annals of Mathematical Statistics 18, p. 50); its p
/// is that of SciPy's mannwhitneyu(window, history): exact where one side has at most eight values, else from
/// the normal distribution, corrected for ties and continuity. It asks nothing of the distribution, and how
/// far out a value lies is nothing to it.
class MannWhitney {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("share", "", "Share of pairs in which the window's value is the larger; 0.5 is normal.")};
  static constexpr Description description{
      .name = "mannwhitney",
      .version = "1.0.0",
      .about = "The Mann-Whitney rank sum test of each window against a rolling history.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .wants_sorted = true,
      .offers = offers_observed | offers_expected};

  explicit MannWhitney(const Options& given) : history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    Evaluation answer;
    const auto values = window.column().sorted();
    answer.observed = median_of(values);
    if (history_.size() < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = median_of(history_.sorted());
    const mannwhitney::Pairs pairs = mannwhitney::count_pairs(history_.sorted(), values);
    const double autocorrelation = window.column().autocorrelation();
    const mannwhitney::Sizes sizes{worth(history_.size(), autocorrelation),
                                   worth(values.size(), autocorrelation)};
    answer.outputs[0] = pairs.larger / pairs.all;
    if (pairs.tied == 1) answer.outcome = Outcome::constant;
    answer.p = mannwhitney::p_value(pairs, sizes, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::yes) history_.add(window);
  }

  void snapshot(StateWriter& out) const { history_.snapshot(out); }
  void restore(StateReader& in, std::uint32_t) { history_.restore(in); }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  /// Samples that say something about the next, as a whole number of independent ones.
  static std::uint64_t worth(std::size_t samples, double autocorrelation) noexcept {
    return static_cast<std::uint64_t>(
        std::llround(effective_size(static_cast<double>(samples), autocorrelation)));
  }

  SortedWindow history_;
};

}  // namespace oddity::plugins
