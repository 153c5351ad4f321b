// How rare it is that a row is as far from its nearest neighbours as it is.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "novelty/past.hpp"
#include "novelty/tail_histogram.hpp"

namespace oddity::plugins::novelty {

/// In powers of ten: how many rows of the past one would have to have seen for one as rare as this, at 5 once in all of them.
struct Rareness {
  double seen = 0;           ///< of the values, among all rows
  double normal = 0;         ///< of the values, among normal rows: a second fault is as rare as the first
  double shape = 0;          ///< of the last twelve values as a whole, among all rows
  double level = 0;          ///< of where the last 48 or 24 values lie, among all rows
  std::size_t way = 0;       ///< in which the values are rarest; of several the shortest
  std::size_t level_by = 0;  ///< which is the rarer level: the median, or the quantiles
};

/// A distance to the nearest neighbour says little by itself: in a noisy series it is always large. What counts is how
/// it compares with the distances that earlier rows had, and how many as rare the past would hold by chance: that number
/// of false alarms makes series of every age comparable (Desolneux, Moisan & Morel 2000, International Journal of Computer
/// Vision 40, p. 7). A value far from all others is in every shape that holds it: short and long ones are
/// averaged, so that one of them by itself raises no alarm.
class DistanceHistory {
 public:
  /// Neither level says anything before so many were looked for.
  static constexpr std::uint32_t fewest_levels = 150;

  /// `rows`: seen before this one. `range` of the series: what lies nearer than a fiftieth of it is never rare enough alone.
  /// `beyond`: of TailHistogram::surprise.
  Rareness rareness_of(const Neighbours& neighbours, const LevelDistances& levels, std::uint64_t rows,
                       double range, double beyond) const noexcept {
    const double expected = once_in_all(rows);
    const auto rarity = [&](const TailHistogram& earlier, float distance) {
      return std::fmax(0, earlier.surprise(known(distance), beyond) + expected);
    };
    const auto score = [&](const TailHistogram& earlier, float distance) {
      const double rare = rarity(earlier, distance);
      return known(distance) < 0.02 * range ? std::fmin(rare, 2.5) : rare;
    };
    Rareness rareness;
    double rarest = -1;
    for (std::size_t way = 0; way < way_of_shapes; ++way) {
      const double rare = score(seen_[way], neighbours.seen[way]);
      if (rare > rarest) rareness.way = way;
      rarest = std::fmax(rarest, rare);
      rareness.seen += rare / way_of_shapes;
      rareness.normal += score(normal_[way], neighbours.normal[way]) / way_of_shapes;
    }
    rareness.shape = score(seen_[way_of_shapes], neighbours.seen[way_of_shapes]);
    for (std::size_t by = 0; by < levels_.size(); ++by) {
      if (!std::isfinite(levels[by]) || levels_[by].count() < fewest_levels) continue;
      const double rare = rarity(levels_[by], levels[by]);
      if (rare > rareness.level) rareness.level_by = by;
      rareness.level = std::fmax(rareness.level, rare);
    }
    return rareness;
  }

  /// What a row has for that it is one of so many.
  static double once_in_all(std::uint64_t rows) noexcept {
    return 5 - std::log10(static_cast<double>(1 + std::min<std::uint64_t>(rows, remembered - 1)));
  }

  void add(const Neighbours& neighbours, const LevelDistances& levels) noexcept {
    for (std::size_t way = 0; way < ways; ++way) seen_[way].add(known(neighbours.seen[way]));
    for (std::size_t way = 0; way < way_of_shapes; ++way) normal_[way].add(known(neighbours.normal[way]));
    for (std::size_t by = 0; by < levels_.size(); ++by)
      if (std::isfinite(levels[by])) levels_[by].add(levels[by]);
  }

  void snapshot(StateWriter& out) const {
    for (const TailHistogram& earlier : seen_) earlier.snapshot(out);
    for (const TailHistogram& earlier : normal_) earlier.snapshot(out);
    for (const TailHistogram& earlier : levels_) earlier.snapshot(out);
  }
  void restore(StateReader& in) {
    for (TailHistogram& earlier : seen_) earlier.restore(in);
    for (TailHistogram& earlier : normal_) earlier.restore(in);
    for (TailHistogram& earlier : levels_) earlier.restore(in);
  }
  /// A state of the first version: it had the extremes of ten values before the shape of twelve, and no levels.
  void restore_first(StateReader& in) {
    TailHistogram of_extremes(remembered);
    for (std::size_t way = 0; way < way_of_shapes; ++way) seen_[way].restore(in);
    of_extremes.restore(in);
    seen_[way_of_shapes].restore(in);
    for (TailHistogram& earlier : normal_) earlier.restore(in);
    of_extremes.restore(in);
  }

 private:
  static constexpr std::uint32_t remembered = 20000;

  /// The first rows have no neighbours.
  static double known(float distance) noexcept { return std::isfinite(distance) ? double{distance} : 0; }

  std::array<TailHistogram, ways> seen_{TailHistogram(remembered), TailHistogram(remembered),
                                        TailHistogram(remembered), TailHistogram(remembered),
                                        TailHistogram(remembered)};
  std::array<TailHistogram, way_of_shapes> normal_{TailHistogram(remembered), TailHistogram(remembered),
                                                   TailHistogram(remembered), TailHistogram(remembered)};
  std::array<TailHistogram, 2> levels_{TailHistogram(remembered), TailHistogram(remembered)};
};

}  // namespace oddity::plugins::novelty
