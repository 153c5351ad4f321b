// How far each window is from what earlier days, and weeks, had at the same time.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "oddity/detector.hpp"
#include "oddity/rarity.hpp"
#include "oddity/sorted_window.hpp"
#include "seasonal/season.hpp"

namespace oddity::plugins {

/// The deviation of a window is its mean minus what earlier periods let expect at its rows' times, after both
/// were set to the level of the last hour of rows, over how far off the season usually is at that time of the
/// period. Its p comes from the latest 1 440 deviations, by Rarity; the usual one is at least a twentieth of
/// the season's range.
///
/// The level, the season and the deviations are learned only, so that a fault that lasts stays one.
class Seasonal {
 public:
  static constexpr OptionSpec options[] = {
      int_option("size", "windows", "Among how many of the latest normal deviations one has to be rare.")
          .between(2, 1e7)
          .defaults_to("1440"),
      duration_option("period", "After how long the series repeats itself.")
          .between(1e9, 3.14496e16)
          .defaults_to("1d")
          .shapes_state(),
      string_option(
          "week", "Whether days of the week differ, where the period is a day; auto finds it from the data.")
          .one_of("auto|on|off")
          .defaults_to("auto"),
      int_option(
          "level", "samples",
          "The season is set to the level of so many of the latest normal samples; 0: it is taken as it was.")
          .between(0, 1000)
          .defaults_to("60")};
  static constexpr OutputSpec outputs[] = {
      output("deviation", "usual deviations",
             "Window's mean minus what its time lets expect; positive when the window lies above."),
      output("usual", "", "The usual deviation at this time, in the field's unit."),
      output("weekly", "", "1 where the same day of earlier weeks was expected, 0 where every day was.")};
  static constexpr Description description{
      .name = "seasonal",
      .version = "1.0.0",
      .about = "How far each window is from what earlier days, and weeks, had at the same time.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .offers = offers_all_fields | offers_calibrated_p};

  explicit Seasonal(const Options& given)
      : season_(given.nanoseconds("period"), week_of(given)),
        deviations_(static_cast<std::size_t>(given.integer("size"))),
        recent_(static_cast<std::size_t>(std::max<std::int64_t>(given.integer("level"), 1))),
        sets_level_(given.integer("level") > 0) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const Compared compared = compare(window, window.rows());
    Evaluation answer;
    answer.observed = or_absent(window.column().mean());
    if (compared.rows == 0 || deviations_.size() < std::min(few, deviations_.capacity())) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.observed = compared.observed;
    answer.expected = compared.expected;
    const double difference = or_largest(compared.observed - compared.expected);
    const Rarity rarity(deviations_, ratio(share_of_range * season_.range(), compared.error));
    const double usual = or_largest(rarity.usual() * compared.error);
    answer.outputs[0] = answer.effect = ratio(difference, usual);
    answer.outputs[1] = usual;
    answer.outputs[2] = season_.weekly() ? 1 : 0;
    answer.p = rarity.p(ratio(difference, compared.error), question.direction);
    if (usual == 0) return judge_constant(answer, question);
    answer.set_bounds(rarity.reach(question.alpha, question.direction) * compared.error, question.direction);
    return answer;
  }

  void update(const Window& window, Learn learn) {
    if (learn == Learn::no || window.fresh() == 0) return;
    const Compared compared = compare(window, window.fresh());
    if (compared.rows > 0) {
      const double deviation = ratio(or_largest(compared.observed - compared.expected), compared.error);
      deviations_.add(std::span(&deviation, 1));
    }
    const auto times = window.times().last(window.fresh());
    const auto values = window.fresh_values();
    std::vector<double> differences;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (const auto expected = season_.expected(times[i]))
        differences.push_back(or_largest(values[i] - expected->value));
      season_.learn(times[i], values[i]);
    }
    if (sets_level_) recent_.add(differences);
  }

  void snapshot(StateWriter& out) const {
    season_.snapshot(out);
    deviations_.snapshot(out);
    recent_.snapshot(out);
  }
  void restore(StateReader& in, std::uint32_t) {
    season_.restore(in);
    deviations_.restore(in);
    recent_.restore(in);
  }
  std::size_t footprint() const noexcept {
    return sizeof *this + season_.footprint() + deviations_.footprint() + recent_.footprint();
  }

 private:
  /// With fewer nobody knows what is usual.
  static constexpr std::size_t few = 10;
  static constexpr double share_of_range = 0.05;
  /// Of the range: nothing is to be divided by less.
  static constexpr double least_error = 0.01;

  /// Means over the rows whose time says something.
  struct Compared {
    std::uint32_t rows = 0;
    double observed = 0;
    double expected = 0;
    double error = 0;
  };

  static seasonal::Week week_of(const Options& given) {
    const bool daily = given.nanoseconds("period") == std::int64_t{86'400'000'000'000};
    if (given.text("week") == "on" && !daily)
      throw std::invalid_argument("option 'week': 'on' needs a period of 1d: leave one of the two out");
    if (given.text("week") == "off" || !daily) return seasonal::Week::off;
    return given.text("week") == "on" ? seasonal::Week::on : seasonal::Week::found;
  }

  /// Of the window's last rows.
  Compared compare(const Window& window, std::size_t rows) const {
    const auto times = window.times().last(rows);
    const auto values = window.column().values().last(rows);
    Compared means;
    if (!season_.knows_errors()) return means;
    for (std::size_t i = 0; i < rows; ++i) {
      const auto expected = season_.expected(times[i]);
      if (!expected) continue;
      ++means.rows;
      const auto move = [&](double& mean, double to) {
        mean = or_largest(mean + or_largest(to - mean) / means.rows);
      };
      move(means.observed, values[i]);
      move(means.expected, expected->value);
      move(means.error, expected->error);
    }
    means.expected = or_largest(means.expected + level());
    means.error = std::max(means.error, least_error * season_.range());
    return means;
  }

  double level() const noexcept {
    const auto sorted = recent_.sorted();
    return sorted.empty() ? 0 : std::midpoint(sorted[(sorted.size() - 1) / 2], sorted[sorted.size() / 2]);
  }

  /// Hardly anything ever deviated: where nothing did, p comes from how often it did not.
  Evaluation judge_constant(Evaluation answer, const Question& question) const {
    answer.outcome = Outcome::constant;
    answer.set_bounds(0, question.direction);
    if (deviations_.sorted().front() != 0 || deviations_.sorted().back() != 0) return answer;
    answer.p = goes(answer.effect, question.direction) ? p_without_spread(deviations_.size(), 1, 1) : 1;
    return answer;
  }

  seasonal::Season season_;
  SortedWindow deviations_;
  SortedWindow recent_;  ///< differences of rows
  bool sets_level_;
};

}  // namespace oddity::plugins
