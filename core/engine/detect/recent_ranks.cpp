#include "detect/recent_ranks.hpp"

#include <algorithm>
#include <utility>

namespace oddity::detect {

void RecentRanks::add(double value) {
  latest_.add(value);
  if (latest_.total() < generation_) return;
  std::swap(before_, latest_);
  latest_.clear();
  generation_ = std::min(2 * generation_, longest_);
}

/// The clusters of both generations in descending order, until `visit` returns false.
template <class Visit>
void RecentRanks::from_the_top(Visit&& visit) const {
  auto one = before_.clusters().begin();
  auto other = latest_.clusters().begin();
  const auto one_end = before_.clusters().end();
  const auto other_end = latest_.clusters().end();
  while (one != one_end || other != other_end) {
    const bool take_one = other == other_end || (one != one_end && one->mean >= other->mean);
    if (!visit(take_one ? *one++ : *other++)) return;
  }
}

RecentRanks::Tail RecentRanks::tail(double weight) const noexcept {
  Tail tail;
  double largest = 0;
  double sum = 0;  // of the differences from the largest
  bool ended = false;
  from_the_top([&](const UpperRanks::Cluster& cluster) {
    if (tail.weight == 0) largest = cluster.mean;
    // An equal value belongs to the tail as well: what begins it has to lie below.
    ended = tail.weight >= weight && cluster.mean < tail.begin;
    if (ended) sum -= tail.weight * (largest - cluster.mean);
    tail.begin = cluster.mean;
    if (ended) return false;
    tail.weight += cluster.weight;
    sum += cluster.weight * (largest - cluster.mean);
    return true;
  });
  if (!ended) return {};
  tail.mean_excess = -sum / tail.weight;
  return tail;
}

double RecentRanks::quantile(double share) const noexcept {
  double above = 0;
  double value = 0;
  from_the_top([&](const UpperRanks::Cluster& cluster) {
    above += cluster.weight;
    value = cluster.mean;
    return above < (1 - share) * total();
  });
  return value;
}

void RecentRanks::save(StateWriter& out) const {
  out.write(generation_);
  before_.save(out);
  latest_.save(out);
}

void RecentRanks::restore(StateReader& in) {
  in.read_finite({&generation_, 1});
  if (!(generation_ >= 1 && generation_ <= 1e9)) throw StateError("a generation in the state cannot be one");
  before_.restore(in);
  latest_.restore(in);
}

}  // namespace oddity::detect
