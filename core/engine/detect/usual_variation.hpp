// How much a series usually varies from one window to the next, so that a difference can be called large.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "detect/recent_ranks.hpp"
#include "oddity/state.hpp"

namespace oddity::detect {

/// Of the means of one field's windows. The difference of a window is that to the median of the last ten
/// that were learned; the usual one is the 95 % quantile of the differences of the 1 440 to 2 880
/// windows before, yet at least a twentieth of the range that the series has had, since after a flat stretch the
/// quantile alone makes every change a large one.
///
/// 1. UsualVariation variation;
/// 2. variation.difference(mean), variation.usual(): of what came before;
/// 3. variation.add(mean, learned).
class UsualVariation {
 public:
  /// NaN: no window was learned yet.
  double difference(double mean) const noexcept;
  /// 0: the series has not varied.
  double usual() const noexcept;
  /// The difference in units of the usual one; 0 where there is none, infinite where nothing varied before.
  double effect(double mean) const noexcept;
  /// `learned`: whether the window joined what is taken for normal.
  void add(double mean, bool learned);

  bool empty() const noexcept { return recent_count_ == 0; }
  void save(StateWriter& out) const;
  void restore(StateReader& in);

 private:
  /// The least and the greatest mean of some windows one after the other.
  struct Block {
    double least = 0;
    double greatest = 0;
    std::uint32_t windows = 0;
  };
  double median_of_recent() const noexcept;
  double range() const noexcept;
  void widen(double mean);

  static constexpr std::size_t recent_windows = 10;
  RecentRanks differences_{1'440};
  std::array<double, recent_windows> recent_{};
  std::size_t recent_count_ = 0;
  std::size_t recent_next_ = 0;
  std::vector<Block> blocks_;  ///< the latest last
};

}  // namespace oddity::detect
