// How many of some values are larger than one: exact for the largest few, close for all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oddity/state.hpp"

namespace oddity::detect {

/// The values, sorted, neighbours taken together into clusters with a mean and a weight. A cluster above
/// which values of weight w lie may weigh up to a tenth of w, and the topmost ten are single values: a rank is
/// right to a few percent of itself, however far up, with some hundred clusters for ten thousand values. (The
/// idea, for both tails, is Dunning & Ertl's, 2019, arXiv:1902.04023, section 2.) Equal values are one
/// cluster.
class UpperRanks {
 public:
  struct Cluster {
    double mean = 0;
    double weight = 0;
  };

  /// `value`: finite.
  void add(double value);
  void clear() noexcept;

  double total() const noexcept { return total_; }
  /// How many lie above; half of those that are equal.
  double weight_above(double value) const noexcept;
  /// Descending.
  std::span<const Cluster> clusters() const noexcept { return clusters_; }

  void save(StateWriter& out) const;
  void restore(StateReader& in);

 private:
  void compress() noexcept;
  void merge_lowest() noexcept;

  double total_ = 0;
  std::vector<Cluster> clusters_;
};

}  // namespace oddity::detect
