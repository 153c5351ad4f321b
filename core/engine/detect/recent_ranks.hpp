// How many of the latest values are larger than one.
#pragma once

#include "detect/upper_ranks.hpp"
#include "oddity/state.hpp"

namespace oddity::detect {

/// Two generations of values: the one that grows and the one before it. A full one takes the place of the one
/// before, which is forgotten. The first is short and each is twice as long as the last up to `longest`, so
/// that what a series did while it was new is soon forgotten, and in the long run the latest one to two times
/// `longest` values count.
///
/// 1. RecentRanks values(longest);
/// 2. values.weight_above(v), values.tail(weight): of what was added before;
/// 3. values.add(v).
class RecentRanks {
 public:
  /// `longest`: of a generation, in values.
  explicit RecentRanks(double longest) noexcept : longest_(longest) {}

  /// `value`: finite.
  void add(double value);

  double total() const noexcept { return before_.total() + latest_.total(); }
  /// How many lie above; half of those that are equal.
  double weight_above(double value) const noexcept {
    return before_.weight_above(value) + latest_.weight_above(value);
  }

  /// The largest values.
  struct Tail {
    double weight = 0;       ///< at least as many as were asked for, where there are; 0: all values are equal
    double begin = 0;        ///< the next one below them
    double mean_excess = 0;  ///< by how much they lie above it, on average; above 0
  };
  /// `weight`: above 0.
  Tail tail(double weight) const noexcept;
  /// The value below which `share` of all lie; 0 where there are none.
  double quantile(double share) const noexcept;

  void save(StateWriter& out) const;
  void restore(StateReader& in);

 private:
  template <class Visit>
  void from_the_top(Visit&& visit) const;

  double longest_;
  double generation_ = 256;
  UpperRanks before_;
  UpperRanks latest_;
};

}  // namespace oddity::detect
