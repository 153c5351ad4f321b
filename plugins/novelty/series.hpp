// A series: what is known of it, how odd a further row is, and how rare that is.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "novelty/distance_history.hpp"
#include "novelty/levels.hpp"
#include "novelty/pace.hpp"
#include "novelty/past.hpp"
#include "novelty/unit.hpp"
#include "novelty/usual_oddness.hpp"
#include "novelty/usual_steps.hpp"
#include "oddity/evaluation.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// What is to be found: large steps that are rare, whatever is rare, or both.
enum class LooksFor : std::uint8_t { both, large, rare };

/// What can be said of a row before anything is decided.
struct Row {
  Shape shape;
  Neighbours neighbours;
  LevelDistances levels = no_level;
  Step step;
  Rareness rareness;
  double jump = 0;   ///< the step, in usual ones
  double large = 0;  ///< steps that are rare and large
  double rare = 0;   ///< whatever is rare, less so each time that something rare comes
  double odd = 0;    ///< what is to be found
};

/// 1. Series series(what to look for);
/// 2. look() at a row, and ask p() of it;
/// 3. take() it in, normal or odd; 2 and 3 for each row.
class Series {
 public:
  explicit Series(LooksFor looks_for) noexcept : looks_for_(looks_for) {}

  /// Too few rows for a verdict.
  bool is_new() const noexcept { return rows_ < fewest_rows; }
  std::uint64_t rows() const noexcept { return rows_; }
  /// ns since 1970 UTC; before the first row the earliest that there is.
  std::int64_t last_time() const noexcept { return pace_.last(); }

  Row look(double value) const noexcept {
    Row row;
    Unit unit = unit_;
    unit.see(value);
    const float scaled = unit.in(value);
    row.shape = past_.shape_of(scaled);
    if (past_.rows() >= fewest_neighbours) {
      row.neighbours = past_.neighbours(row.shape, pace_.rows_a_day());
      if (pace_.slow() > 0) row.levels = levels_.nearest_to(levels_.level_with(past_, scaled));
    }
    row.step = UsualSteps::step(past_, scaled);
    row.rareness = distances_.rareness_of(row.neighbours, row.levels, rows_, steps_.range(),
                                          pace_.faster_than_a_minute());
    row.jump = steps_.size(row.step);
    row.large = large(row);
    row.rare = rare(row);
    row.odd = oddness(row);
    return row;
  }

  /// The share of rows that are as odd: from the series' own rows where there are many, and from one_in() where they are rare.
  double p(const Row& row) const noexcept {
    const double power = one_in(row.odd);
    if (power >= rare_power) return std::pow(10, -softened(power));
    // Of so few rows their number says no more; yet the odder is the rarer.
    const double rarest = rare_power - 0.1 * (1 - power / rare_power);
    return std::fmax(usual_.share_above(row.odd - DistanceHistory::once_in_all(rows_)),
                     std::pow(10, -rarest));
  }

  /// What speaks most for its being odd: the step to it, or else the way in which it is rarest.
  bool by_its_step(const Row& row) const noexcept {
    if (looks_for_ != LooksFor::both) return looks_for_ == LooksFor::large;
    return row.large - pace_.slow() >= row.rare;
  }
  /// The ways of nearest.hpp, and behind them the two levels.
  std::size_t rarest_way(const Row& row) const noexcept {
    const Rareness& rareness = row.rareness;
    if (level(rareness) > std::fmax(values(rareness), shape(rareness))) return ways + rareness.level_by;
    return shape(rareness) > values(rareness) ? way_of_shapes : rareness.way;
  }

  /// Where the row came from, in the field's unit.
  double expected(const Row& row) const noexcept { return unit_.out(row.step.median); }
  /// A step that is large, in the field's unit.
  double large_step() const noexcept { return unit_.out_difference(steps_.step_of_size(large_jump)); }

  /// `normal`: whether later rows may be near to it.
  void take(const Row& row, double value, std::int64_t time, bool normal) {
    constexpr double too_rare_for_a_neighbour = 3.5;
    constexpr double remembered = 0.995;
    constexpr double many = 60;
    const bool odd = !normal || row.rareness.normal >= too_rare_for_a_neighbour;
    odd_ = odd_ * remembered + (odd ? 1 : 0);
    if (!is_new()) usual_.add(row.odd - DistanceHistory::once_in_all(rows_));
    grow_used_to(row);
    distances_.add(row.neighbours, row.levels);
    unit_.see(value);
    levels_.add(past_, row.shape[0]);
    // What is odd for hours is what the series is like now.
    past_.add(row.shape[0], odd && odd_ < many);
    steps_.add(row.step, row.shape[0], past_, odd);
    pace_.add(time);
    ++rows_;
  }

  void snapshot(StateWriter& out) const;
  /// `version`: of the state; in the first nothing was known of levels and rests, in the second a rest had the rareness
  /// of what it followed, which nobody asks for any more, and up to the third nothing was known of the tail of the steps.
  void restore(StateReader& in, std::uint32_t version = 4);

 private:
  static constexpr std::size_t fewest_neighbours = 6;
  static constexpr std::uint64_t fewest_rows = 150;
  /// One in so many rows, as a power of ten: of rarer ones a series has too few to say.
  static constexpr double rare_power = 2.5;
  static constexpr double large_jump = 6.1;
  static constexpr std::uint32_t longest_rest = 300;

  /// Where values come slowly, much happens between two of them: it takes more.
  double large(const Row& row) const noexcept {
    constexpr double least = 1e-4;
    const double size = std::log2(std::fmax(std::abs(row.jump), least));
    const double share = std::log2(std::fmax(steps_.share_of_extremes(row.step), least));
    return (row.rareness.seen + row.rareness.normal) / 2 + std::clamp(2 * (size - 2.1), -2.0, 1.0) +
           std::fmin(0, share + 3);
  }
  /// Where values come fast, all that is no large step lasts moments: it takes more.
  double patience() const noexcept { return looks_for_ == LooksFor::both ? 1.5 * (1 - pace_.slow()) : 0; }

  /// Where values come fast, a few of them say less than the shape of twelve. Where they come slowly, that lasts hours,
  /// and is new too often.
  double values(const Rareness& rareness) const noexcept { return rareness.seen - (1 - pace_.slow()); }
  double shape(const Rareness& rareness) const noexcept { return rareness.shape - pace_.slow(); }
  /// Where values come fast, the levels of half an hour drift, and mean nothing.
  double level(const Rareness& rareness) const noexcept {
    constexpr double where_slow = 0.6;
    constexpr double where_fast = 3;
    return rareness.level - where_slow - (where_fast - where_slow) * (1 - pace_.slow());
  }

  double rare(const Row& row) const noexcept {
    const double used_to = std::log10(1 + used_to_) + patience();
    const double fast = values(row.rareness) - used_to;
    if (rest_ == 0) return std::fmax(fast, std::fmax(shape(row.rareness), level(row.rareness)) - used_to);
    constexpr double hardly = 2;
    return std::abs(row.jump) >= large_jump ? fast : std::fmin(fast, hardly);
  }

  double oddness(const Row& row) const noexcept {
    if (looks_for_ == LooksFor::large) return row.large;
    if (looks_for_ == LooksFor::rare) return row.rare;
    return std::fmax(row.large - pace_.slow(), row.rare);
  }

  /// Of how many rows, as a power of ten, one is as odd by chance. Measured on labelled series of four kinds, away from
  /// their labels: docs/detection.md. In a young series more are odd.
  double one_in(double oddness) const noexcept {
    constexpr double grown = 1500;
    oddness -= std::fmax(0, std::log10(grown / static_cast<double>(rows_ + 1)) / 2);
    return oddness >= 3 ? oddness + 0.3 : std::fmax(0, 3.3 - 1.6 * (3 - oddness));
  }
  /// Beyond what comes once a week, and is rare, all is odd enough, and twice as odd means little more.
  double softened(double power) const noexcept {
    constexpr double softness = 0.5;
    const double enough = std::fmax(rare_power, pace_.rows_a_week());
    return power <= enough ? power : enough + softness * std::log1p((power - enough) / softness);
  }

  void grow_used_to(const Row& row) noexcept {
    constexpr double remembered = 0.9998;
    constexpr std::uint32_t rows_apart = 20;
    used_to_ *= remembered;
    const bool is_rare = !is_new() && one_in(row.rare) > pace_.rows_a_week();
    if (is_rare && quiet_ >= rows_apart) ++used_to_;
    quiet_ = is_rare ? 0 : std::min(quiet_ + 1, rows_apart);
    rest_ = is_rare ? rows_of_rest() : rest_ - std::min(rest_, 1U);
  }
  /// After something rare all is new for a while that is like it, or follows from it. Where values come fast, that
  /// while is what the engine's rest is for.
  std::uint32_t rows_of_rest() const noexcept {
    const double part_of_past = std::clamp(0.03 * static_cast<double>(rows_), 20.0, double{longest_rest});
    return static_cast<std::uint32_t>(pace_.slow() * part_of_past);
  }

  LooksFor looks_for_;
  std::uint64_t rows_ = 0;
  double odd_ = 0;      ///< rows that were odd, the latest few hundred counting
  double used_to_ = 0;  ///< times that something rare has come, the latest few thousand rows counting
  std::uint32_t quiet_ = 0;
  std::uint32_t rest_ = 0;  ///< rows for which nothing but values that are rare and a large step are
  Unit unit_;
  Pace pace_;
  Past past_;
  Levels levels_;
  DistanceHistory distances_;
  UsualSteps steps_;
  UsualOddness usual_;
};

inline void Series::snapshot(StateWriter& out) const {
  out.write(rows_);
  out.write(odd_);
  out.write(used_to_);
  out.write(quiet_);
  out.write(rest_);
  unit_.snapshot(out);
  pace_.snapshot(out);
  past_.snapshot(out);
  distances_.snapshot(out);
  steps_.snapshot(out);
  usual_.snapshot(out);
}

inline void Series::restore(StateReader& in, std::uint32_t version) {
  rows_ = in.read<std::uint64_t>();
  for (double* count : {&odd_, &used_to_}) {
    in.read_finite({count, 1});
    if (*count < 0) throw StateError("a count in the state is negative");
  }
  quiet_ = in.read<std::uint32_t>();
  if (version > 1) {
    rest_ = in.read<std::uint32_t>();
    if (version == 2) in.read<std::uint64_t>();
    if (rest_ > longest_rest) throw StateError("the state rests for longer than it can");
  }
  unit_.restore(in);
  pace_.restore(in);
  version == 1 ? past_.restore(in, Past::lead_of_first) : past_.restore(in);
  levels_.renew(past_);
  version == 1 ? distances_.restore_first(in) : distances_.restore(in);
  steps_.restore(in, version > 3);
  usual_.restore(in);
}

}  // namespace oddity::plugins::novelty
