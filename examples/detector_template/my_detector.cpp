// my_detector: is the window's mean where the history lets expect it?
//
// A complete detector to start from: replace the statistic in evaluate(), what is remembered, and the
// description.
#include <oddity/export.hpp>
#include <oddity/rolling_moments.hpp>

#include <cmath>

namespace {

/// t = (mean of window - mean of history) / (s * sqrt(1/n + 1/m)), with the history's n samples and their
/// standard deviation s, and the window's m. For normal samples it has Student's t distribution with n - 1
/// degrees of freedom, however few they are.
class MyDetector {
 public:
  // What a user may set. `size` is the standard option for a rolling history; minHistory is this detector's
  // own: .param('minHistory', '50') in TICKscript, --param minHistory=50 on the command line.
  static constexpr oddity::OptionSpec options[] = {
      oddity::size_option,
      oddity::int_option("minHistory", "samples",
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
  };

  explicit MyDetector(const oddity::Options& given)
      : history_(static_cast<std::size_t>(given.integer("size"))),
        min_history_(static_cast<std::uint64_t>(given.integer("minHistory"))) {
    // Throwing std::invalid_argument here becomes an error of the task, with this text.
    if (given.integer("minHistory") > given.integer("size"))
      throw std::invalid_argument("minHistory is above size, so there would never be a verdict");
  }

  // Judges a window; changes nothing. Data is never an error: what cannot be judged is an outcome.
  oddity::Evaluation evaluate(const oddity::Window& window, const oddity::Question& question) const {
    oddity::Evaluation answer;
    const oddity::Moments history = history_.moments();
    const double mean = window.column().mean();
    if (std::isfinite(mean)) answer.observed = mean;  // sums of huge values overflow
    if (history.count < min_history_) {
      answer.outcome = oddity::Outcome::warming_up;
      return answer;
    }
    if (history.constant()) {  // no spread to judge by
      answer.outcome = oddity::Outcome::constant;
      answer.expected = history.mean;
      return answer;
    }
    const auto n = static_cast<double>(history.count);
    const auto m = static_cast<double>(window.rows());
    const double deviation = std::sqrt(history.variance());
    const double t = (mean - history.mean) / (deviation * std::sqrt(1 / n + 1 / m));
    // Where squares leave the doubles there is no answer, rather than a wrong one.
    if (!std::isfinite(deviation) || !std::isfinite(t)) {
      answer.outcome = oddity::Outcome::undefined;
      return answer;
    }
    answer.expected = history.mean;
    answer.outputs[0] = t;
    answer.effect = (mean - history.mean) / deviation;
    // Tails are lent by the host: no library is needed, and small p-values keep their digits.
    answer.p =
        oddity::p_value(t, question.direction, [&](double x) { return oddity::student_t_above(x, n - 1); });
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
  std::uint64_t min_history_;
};

}  // namespace

ODDITY_EXPORT_DETECTOR(MyDetector)
