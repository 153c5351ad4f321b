// The two-sample Kolmogorov-Smirnov test of each window against a rolling history.
#pragma once

#include <cmath>

#include "ks/separation.hpp"
#include "ks/two_sample.hpp"
#include "oddity/detector.hpp"
#include "oddity/effective_size.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity::plugins {

/// Tests whether window and history come from one distribution, whatever it is: mean, spread and shape. The
/// history is kept sorted as it slides.
class KolmogorovSmirnov {
 public:
  static constexpr OptionSpec options[] = {size_option};
  static constexpr OutputSpec outputs[] = {
      output("d", "", "Largest distance between the two empirical distribution functions, from 0 to 1.")};
  static constexpr Description description{
      .name = "ks",
      .version = "1.0.0",
      .about = "The two-sample Kolmogorov-Smirnov test of each window against a rolling history.",
      .options = options,
      .outputs = outputs,
      .wants_sorted = true};

  explicit KolmogorovSmirnov(const Options& given)
      : history_(static_cast<std::size_t>(given.integer("size"))) {}

  Evaluation evaluate(const Window& window, const Question&) const {
    Evaluation answer;
    if (history_.size() < 2) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    const double d = ks::distance(history_.sorted(), window.column().sorted());
    answer.outputs[0] = d;
    const double autocorrelation = window.column().autocorrelation();
    answer.p = ks::p_value(d, worth(history_.size(), autocorrelation), worth(window.rows(), autocorrelation));
    if (d >= 1) answer.strength = ks::strength_apart(answer.p, history_.sorted(), window.column().sorted());
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
