// my_detector: is the window's mean where the history lets expect it?
//
// A complete detector to start from. Replace the description, the statistic in
// evaluate(), and what is remembered.
#include <oddity/export.hpp>
#include <oddity/rolling_moments.hpp>

#include <algorithm>
#include <cmath>

namespace {

/// t = (mean of window - mean of history) / (s * sqrt(1/n + 1/m)), with the history's n samples and their
/// standard deviation s, and the window's m. For normal samples it has Student's t distribution with n - 1
/// degrees of freedom, however few they are.
class MyDetector {
 public:
  // What a user may set. `size` is the standard option for a rolling history; warmUp is this detector's
  // own: .param('warmUp', '50') in TICKscript, --param warmUp=50 on the command line.
  static constexpr oddity::OptionSpec options[] = {
      oddity::size_option,
      oddity::int_option("warmUp", "samples",
                         "How many samples must have been learned before the first verdict.")
          .between(2, 1e7)
          .defaults_to("30"),
  };
  // What comes back beside the p-value, in the order of Evaluation::outputs.
  static constexpr oddity::OutputSpec outputs[] = {
      oddity::output("shift", "standard errors", "Window's mean minus history's mean."),
  };
  static constexpr oddity::Description description{
      .name = "my_detector",
      .version = "1.0.0",
      .about = "The mean of each window against a rolling history, by Student's t.",
      .options = options,
      .outputs = outputs,
      .directions = oddity::serves_all_directions,
      // Fields with a meaning of their own. What is declared, here and above, each judged window has to have:
      // an alert that names a field is silent about a window without it.
      .offers = oddity::offers_all_fields,
  };

  explicit MyDetector(const oddity::Options& given)
      : history_(static_cast<std::size_t>(given.integer("size"))),
        warm_up_(static_cast<std::uint64_t>(given.integer("warmUp"))) {
    // Throwing std::invalid_argument here becomes an error of the task, with this text.
    if (given.integer("warmUp") > given.integer("size"))
      throw std::invalid_argument("warmUp is above size, so there would never be a verdict");
  }

  // Judges a window; changes nothing. Data is never an error: what cannot be judged is an outcome.
  oddity::Evaluation evaluate(const oddity::Window& window, const oddity::Question& question) const {
    const oddity::Moments history = history_.moments();
    const oddity::Moments observed = window.column().moments();
    oddity::Evaluation answer;
    // Sums of huge values overflow.
    answer.observed = oddity::or_absent(observed.mean);
    if (history.count < warm_up_) {
      answer.outcome = oddity::Outcome::warming_up;
      return answer;
    }
    answer.expected = oddity::or_absent(history.mean);
    const auto n = static_cast<double>(history.count);
    const auto m = static_cast<double>(observed.count);
    const double deviation = std::sqrt(history.variance());
    const double standard_error = deviation * std::sqrt(1 / n + 1 / m);
    const double shift = observed.minus(history);
    // Where squares leave the doubles there is no answer, rather than a wrong one.
    const bool vanished = standard_error == 0 && !history.constant();
    if (!std::isfinite(shift) || !std::isfinite(standard_error) || vanished) {
      answer.outcome = oddity::Outcome::undefined;
      return answer;
    }
    // ratio() has a finite value also where there is no spread to divide by.
    answer.outputs[0] = oddity::ratio(shift, standard_error);
    answer.effect = oddity::ratio(shift, deviation);
    // Without any spread p comes from equality alone.
    if (history.constant()) {
      const auto values = window.column().values();
      const auto equal = std::count(values.begin(), values.end(), history.mean);
      answer.outcome = oddity::Outcome::constant;
      answer.p = !oddity::goes(shift, question.direction)
                     ? 1
                     : oddity::p_without_spread(history.count, window.rows(),
                                                window.rows() - static_cast<std::size_t>(equal));
      answer.set_bounds(0, question.direction);
      return answer;
    }
    // Tails are lent by the host: no library is needed, and small p-values keep their digits.
    answer.p = oddity::p_value(answer.outputs[0], question.direction,
                               [&](double t) { return oddity::student_t_sf(t, n - 1); });
    answer.set_bounds(-oddity::student_t_quantile(oddity::tail_of(question), n - 1) * standard_error,
                      question.direction);
    return answer;
  }

  // Follows every window. Learn::no is for anomalous ones: they stay out of the history.
  void update(const oddity::Window& window, oddity::Learn learn) {
    if (learn == oddity::Learn::yes) history_.add(window.fresh_values());
  }

  // What is written is what a restart goes on with. Whatever shapes it is read back in the same order.
  void snapshot(oddity::StateWriter& out) const { history_.snapshot(out); }
  void restore(oddity::StateReader& in, std::uint32_t) { history_.restore(in); }
  std::size_t footprint() const noexcept { return sizeof *this + history_.footprint(); }

 private:
  oddity::RollingMoments history_;
  std::uint64_t warm_up_;
};

}  // namespace

ODDITY_EXPORT_DETECTOR(MyDetector)
