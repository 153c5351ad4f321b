#include "detect/upper_ranks.hpp"

#include <algorithm>
#include <utility>

namespace oddity::detect {
namespace {

constexpr double share_of_those_above = 0.1;
constexpr std::size_t most_clusters = 192;

void take_in(UpperRanks::Cluster& cluster, const UpperRanks::Cluster& other) noexcept {
  const double together = cluster.weight + other.weight;
  cluster.mean += (other.mean - cluster.mean) * (other.weight / together);
  cluster.weight = together;
}

}  // namespace

void UpperRanks::clear() noexcept {
  total_ = 0;
  clusters_.clear();
}

void UpperRanks::add(double value) {
  if (clusters_.size() == most_clusters) compress();
  const auto at =
      std::lower_bound(clusters_.begin(), clusters_.end(), value,
                       [](const Cluster& cluster, double wanted) { return cluster.mean > wanted; });
  if (at != clusters_.end() && at->mean == value) {
    at->weight += 1;
  } else {
    clusters_.insert(at, {value, 1});
  }
  total_ += 1;
}

/// From the top: a cluster takes in the next one as long as both together may weigh that much.
void UpperRanks::compress() noexcept {
  std::size_t kept = 0;
  double above = 0;  // of the one that is being filled
  for (std::size_t i = 1; i < clusters_.size(); ++i) {
    const Cluster next = clusters_[i];
    if (clusters_[kept].weight + next.weight <= share_of_those_above * above) {
      take_in(clusters_[kept], next);
    } else {
      above += clusters_[kept].weight;
      clusters_[++kept] = next;
    }
  }
  clusters_.resize(kept + 1);
  if (clusters_.size() > most_clusters * 7 / 8) merge_lowest();
}

/// Beyond a hundred thousand million values the bound on clusters goes before that on their weights.
void UpperRanks::merge_lowest() noexcept {
  const std::size_t half = clusters_.size() / 2;
  for (std::size_t i = half + 1; i < clusters_.size(); ++i) take_in(clusters_[half], clusters_[i]);
  clusters_.resize(half + 1);
}

/// Half of a cluster lies on either side of its mean; between two means it is evenly spread.
double UpperRanks::weight_above(double value) const noexcept {
  double above = 0;  // all clusters whose mean is larger
  const Cluster* larger = nullptr;
  for (const Cluster& cluster : clusters_) {
    if (cluster.mean <= value) {
      if (cluster.mean == value) return above + cluster.weight / 2;
      if (larger == nullptr) return 0;
      const double way = (larger->mean - value) / (larger->mean - cluster.mean);
      return above - larger->weight / 2 + way * (larger->weight + cluster.weight) / 2;
    }
    above += cluster.weight;
    larger = &cluster;
  }
  return above;
}

void UpperRanks::save(StateWriter& out) const {
  out.write(std::uint64_t{clusters_.size()});
  for (const Cluster& cluster : clusters_) {
    out.write(cluster.mean);
    out.write(cluster.weight);
  }
}

void UpperRanks::restore(StateReader& in) {
  clear();
  for (std::uint64_t left = in.read_count(8 + 8); left > 0; --left) {
    double numbers[2];
    in.read_finite(numbers);
    const bool in_order = clusters_.empty() || numbers[0] < clusters_.back().mean;
    if (!in_order || !(numbers[1] > 0) || clusters_.size() == most_clusters)
      throw StateError("ranks in the state cannot be such");
    clusters_.push_back({numbers[0], numbers[1]});
    total_ += numbers[1];
  }
}

}  // namespace oddity::detect
