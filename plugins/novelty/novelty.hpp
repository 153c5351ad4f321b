// For real series: finds what is large, and what is new.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "novelty/series.hpp"
#include "oddity/detector.hpp"

namespace oddity::plugins {

/// What people call an anomaly is large, a spike or an outage, and the second of its kind as much as the first; or it is
/// new, a value, a shape or a rhythm that was never there. A row is held against the thousands before it: how
/// rare is it to be so far from the nearest of them (distance_history.hpp), and how large is the step to it (usual_steps.hpp)?
/// Rare and large together is an anomaly; what is very rare alone is one too, unless such things have come often.
///
/// The sum is a p-value as it is, the share of rows of the series' own past that would be as odd: it is not
/// calibrated again. A window of several rows has that of its oddest row, and of how many it is the oddest.
class Novelty {
 public:
  static constexpr OptionSpec options[] = {
      string_option("looksFor", "What is to be found: large steps that are rare; whatever is rare; or both.")
          .one_of("both|large|rare")
          .defaults_to("both"),
  };
  static constexpr OutputSpec outputs[] = {
      output("rare", "powers of ten",
             "How rare values like the last few are in the series' past; 5: once in all of it."),
      output("shape", "powers of ten", "How rare the shape of the last twelve values is."),
      output("jump", "usual steps",
             "The step from the values before, in units of what steps usually stay below."),
  };
  /// The step, the ways of nearest.hpp in their order, and the two levels.
  static constexpr const char* reasons[] = {
      "jump",          "last 2 values",      "last 3 values",       "last 5 values",
      "last 8 values", "shape of 12 values", "median of 48 values", "quantiles of 24 values"};
  static_assert(std::size(reasons) == 1 + novelty::ways + std::tuple_size_v<novelty::LevelDistances>);
  static constexpr Description description{
      .name = "novelty",
      .version = "1.4.0",
      .about =
          "Large or new: how far each value, and the shape it ends, is from anything in the series' past.",
      .options = options,
      .outputs = outputs,
      .directions = serves_all_directions,
      .state_version = 4,
      .offers = offers_all_fields | offers_calibrated_p | offers_habituation,
      .reasons = reasons};

  explicit Novelty(const Options& given) : series_(named(given.text("looksFor"))) {}

  Evaluation evaluate(const Window& window, const Question& question) const {
    const auto [values, times] = news(window);
    if (values.size() == 1) {
      looked_at_ = {series_.look(values[0]), values[0], series_.rows()};
      return answer(judge(series_, looked_at_.row, values[0]), 1, question);
    }
    if (ahead_ == nullptr || !ahead_->is_of(series_, values, times)) look_ahead(values, times);
    return answer(ahead_->oddest[static_cast<std::size_t>(question.direction)], values.size(), question);
  }

  void update(const Window& window, Learn learn) {
    const auto ahead = std::move(ahead_);
    const auto [values, times] = news(window);
    const bool seen_before =
        window.rows() > 1 && times.back() <= series_.last_time() && window.end() >= series_.last_time();
    if (window.fresh() == 0 || seen_before) return;
    if (ahead != nullptr && learn == Learn::yes && ahead->is_of(series_, values, times)) {
      series_ = ahead->after;
      return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool judged = looked_at_.rows == series_.rows() && looked_at_.value == values[i];
      series_.take(judged ? looked_at_.row : series_.look(values[i]), values[i], times[i],
                   learn == Learn::yes);
    }
  }

  void snapshot(StateWriter& out) const { series_.snapshot(out); }
  void restore(StateReader& in, std::uint32_t version) { series_.restore(in, version); }
  std::size_t footprint() const noexcept { return sizeof *this; }

 private:
  /// The row that was judged last: no state, but the same work spared, as an update learns what was judged just before.
  struct Looked {
    novelty::Row row;
    double value = 0;
    std::uint64_t rows = std::numeric_limits<std::uint64_t>::max();  ///< before it
  };
  /// What a row gives to every question.
  struct Judgement {
    bool is_new = true;
    double value = absent, expected = absent, jump = absent, large_step = absent, shift = 0, p = 1;
    novelty::Rareness rareness{};
    std::int32_t reason = -1;
  };
  /// And a window of several rows: its oddest by direction, and the series as it is after them, if they are normal. Gone
  /// with the next update.
  struct Ahead {
    novelty::Series after;
    std::vector<double> values;
    std::vector<std::int64_t> times;
    std::array<Judgement, 3> oddest;

    bool is_of(const novelty::Series& before, std::span<const double> fresh,
               std::span<const std::int64_t> at) const noexcept {
      return after.rows() == before.rows() + fresh.size() &&
             std::equal(values.begin(), values.end(), fresh.begin(), fresh.end()) &&
             std::equal(times.begin(), times.end(), at.begin(), at.end());
    }
  };

  /// Each row after the ones before it, on a copy.
  void look_ahead(std::span<const double> values, std::span<const std::int64_t> times) const {
    ahead_ = std::make_unique<Ahead>(
        Ahead{series_, {values.begin(), values.end()}, {times.begin(), times.end()}, {}});
    for (std::size_t i = 0; i < values.size(); ++i) {
      const novelty::Row row = ahead_->after.look(values[i]);
      const Judgement judgement = judge(ahead_->after, row, values[i]);
      for (std::size_t side = 0; side < ahead_->oddest.size(); ++side) {
        Judgement& oddest = ahead_->oddest[side];
        const auto direction = static_cast<Direction>(side);
        if (oddest.is_new || one_sided(judgement, direction) < one_sided(oddest, direction))
          oddest = judgement;
      }
      ahead_->after.take(row, values[i], times[i], true);
    }
  }

  static novelty::LooksFor named(std::string_view name) noexcept {
    return name == "large"  ? novelty::LooksFor::large
           : name == "rare" ? novelty::LooksFor::rare
                            : novelty::LooksFor::both;
  }

  struct News {
    std::span<const double> values;
    std::span<const std::int64_t> times;
  };
  /// The rows that are to be judged and taken in. Windows that overlap show rows again that were not learned; the
  /// series has seen them. Where nothing is new, the last row is judged once more.
  News news(const Window& window) const noexcept {
    const auto times = window.times();
    const bool starts_anew = window.end() < series_.last_time();
    std::size_t fresh = std::max<std::size_t>(window.fresh(), 1);
    while (fresh > 1 && !starts_anew && times[times.size() - fresh] <= series_.last_time()) --fresh;
    return {window.column().values().last(fresh), times.last(fresh)};
  }

  static Judgement judge(const novelty::Series& series, const novelty::Row& row, double value) noexcept {
    if (series.is_new()) return {.value = value};
    return {false,
            value,
            series.expected(row),
            row.jump,
            series.large_step(),
            row.step.from_median,
            series.p(row),
            row.rareness,
            series.by_its_step(row) ? 0 : 1 + static_cast<std::int32_t>(series.rarest_way(row))};
  }

  static Evaluation answer(const Judgement& row, std::size_t rows, const Question& question) noexcept {
    Evaluation answer;
    answer.observed = or_absent(row.value);
    if (row.is_new) {
      answer.outcome = Outcome::warming_up;
      return answer;
    }
    answer.expected = or_largest(row.expected);
    answer.effect = row.jump;
    answer.outputs[0] = row.rareness.seen;
    answer.outputs[1] = row.rareness.shape;
    answer.outputs[2] = answer.effect;
    answer.reason = row.reason;
    answer.p = of_several(one_sided(row, question.direction), rows);
    answer.set_bounds(band(answer, row.large_step, question.alpha), question.direction);
    return answer;
  }

  static double one_sided(const Judgement& row, Direction direction) noexcept {
    if (direction == Direction::both) return row.p;
    return goes(row.shift, direction) ? row.p / 2 : 1 - row.p / 2;
  }

  /// The p-value of a window whose oddest row has `p` (Sidak 1967, Journal of the American Statistical Association 62,
  /// p. 626). Neighbouring rows share most of what makes them odd, and the less the odder they are: so many count as one,
  /// with which p is uniform on noise.
  static double of_several(double p, std::size_t rows) noexcept {
    if (rows == 1) return p;
    const double alike = 2.0 + 15 * std::min(p, 0.1);
    return -std::expm1((1 + static_cast<double>(rows - 1) / alike) * std::log1p(-p));
  }

  /// How far from what is expected a value may be: where a step becomes large, which by itself decides nothing. People
  /// read a band as the decision, so it leaves an odd value outside, and a normal one inside.
  static double band(const Evaluation& answer, double large_step, double alpha) noexcept {
    constexpr double just_short = 1 - 1e-9;
    const double distance = std::abs(answer.observed - answer.expected);
    return answer.p < alpha ? std::fmin(large_step, distance * just_short) : std::fmax(large_step, distance);
  }

  novelty::Series series_;
  mutable Looked looked_at_;
  mutable std::unique_ptr<Ahead> ahead_;
};

}  // namespace oddity::plugins
