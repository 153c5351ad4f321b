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
  double seen = 0;      ///< of the values, among all rows
  double normal = 0;    ///< of the values, among normal rows: a second fault is as rare as the first
  double shape = 0;     ///< of the last twelve values as a whole, among all rows
  std::size_t way = 0;  ///< in which the values are rarest; of several the shortest
};

/// A distance to the nearest neighbour says little by itself: in a noisy series it is always large. What counts is how
/// it compares with the distances that earlier rows had, and how many as rare the past would hold by chance: that number
/// of false alarms makes series of every age comparable (Desolneux, Moisan & Morel 2000, International Journal of Computer
/// Vision 40, p. 7). A value far from all others is in every shape that holds it: short and long ones are
/// averaged, so that one of them by itself raises no alarm.
class DistanceHistory {
 public:
  /// `rows`: seen before this one. `range` of the series: what lies nearer than a fiftieth of it is never rare enough alone.
  Rareness rareness_of(const Neighbours& neighbours, std::uint64_t rows, double range) const noexcept {
    const double expected = once_in_all(rows);
    const auto score = [&](const TailHistogram& earlier, float distance) {
      const double rare = std::clamp(earlier.surprise(known(distance)) + expected, 0.0, 12.0);
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
    return rareness;
  }

  /// What a row has for that it is one of so many.
  static double once_in_all(std::uint64_t rows) noexcept {
    return 5 - std::log10(static_cast<double>(std::min<std::uint64_t>(rows + 1, remembered)));
  }

  void add(const Neighbours& neighbours) noexcept {
    for (std::size_t way = 0; way < ways; ++way) seen_[way].add(known(neighbours.seen[way]));
    for (std::size_t way = 0; way < way_of_shapes; ++way) normal_[way].add(known(neighbours.normal[way]));
  }

  void snapshot(StateWriter& out) const {
    for (const TailHistogram& earlier : seen_) earlier.snapshot(out);
    for (const TailHistogram& earlier : normal_) earlier.snapshot(out);
  }
  void restore(StateReader& in) {
    for (TailHistogram& earlier : seen_) earlier.restore(in);
    for (TailHistogram& earlier : normal_) earlier.restore(in);
  }

 private:
  static constexpr std::uint32_t remembered = 20000;

  /// The first rows have no neighbours.
  static double known(float distance) noexcept { return std::isfinite(distance) ? double{distance} : 0; }

  std::array<TailHistogram, ways> seen_{TailHistogram(remembered), TailHistogram(remembered),
                                        TailHistogram(remembered), TailHistogram(remembered),
                                        TailHistogram(remembered), TailHistogram(remembered)};
  std::array<TailHistogram, way_of_shapes> normal_{TailHistogram(remembered), TailHistogram(remembered),
                                                   TailHistogram(remembered), TailHistogram(remembered),
                                                   TailHistogram(remembered)};
};

}  // namespace oddity::plugins::novelty
