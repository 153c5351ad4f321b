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
  double largest = 0;
  double above = 0;   // all values larger than the ones being looked at
  double excess = 0;  // by how much they fall behind the largest, summed up
  double here = 0;    // those being looked at, which are equal
  double value = 0;   // theirs
  from_the_top([&](const UpperRanks::Cluster& cluster) {
    if (here == 0) largest = value = cluster.mean;
    if (cluster.mean < value) {
      if (above >= weight) return false;
      above += here;
      excess += here * (largest - value);
      here = 0;
      value = cluster.mean;
    }
    here += cluster.weight;
    return true;
  });
  if (above == 0) return {};
  return {above, value, largest - value - excess / above};
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
