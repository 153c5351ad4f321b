// How rare a deviation is among the latest ones: a p-value for detectors whose statistic has no textbook
// distribution.
//
// LIFE CYCLE
//   1. A detector keeps the latest deviations, with their signs, in a SortedWindow.
//   2. For one evaluation it makes Rarity rarity(window, least), a view, and asks it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "oddity/evaluation.hpp"
#include "oddity/sorted_window.hpp"

namespace oddity {

/// How far a deviation goes into the direction that is asked for; negative where it goes the other way.
inline double reached(double deviation, Direction direction) noexcept {
  if (direction == Direction::both) return std::abs(deviation);
  return direction == Direction::above ? deviation : -deviation;
}

/// The quantile of the absolute values of ascending numbers, of which there is at least one: the `share` of
/// them is below. Linear between two of them (Hyndman & Fan 1996, The American Statistician 50, p. 363,
/// definition 7). O((1 − share) n): the largest stand at both ends.
inline double absolute_quantile(std::span<const double> sorted, double share) noexcept {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto lower = static_cast<std::size_t>(place);
  const double* first = sorted.data();
  const double* last = first + sorted.size() - 1;
  const auto take = [&] { return -*first > *last ? -*first++ : *last--; };
  double larger = take(), smaller = larger;
  for (std::size_t at = sorted.size() - 1; at > lower; --at) {
    larger = smaller;
    smaller = take();
  }
  return std::lerp(std::abs(smaller), std::abs(larger), place - static_cast<double>(lower));
}

/// A view, valid while the deviations stay as they are.
///
/// The usual deviation is the one that a twentieth of the latest exceed. What is smaller is as rare as its rank
/// says. What is j usual deviations large, j ≥ 1, has p = 1/20 · j^−3.5: a Pareto tail (Pareto 1897, Cours
/// d'économie politique, vol. 2, p. 305) whose exponent is no property of the series. So p is a matter of size
/// alone there, whatever faults the history holds: 3.1 usual deviations are one in a thousand, 5.9 one in ten
/// thousand. A rank that says rarer still counts down to one in 400, so that p is uniform for noise as well.
class Rarity {
 public:
  /// `latest`: at least one deviation. `least`: what the usual one is at least.
  Rarity(const SortedWindow& latest, double least) noexcept
      : latest_(latest),
        limit_(absolute_quantile(latest.sorted(), 1 - unusual)),
        usual_(std::max(limit_, least)) {}

  /// The usual deviation; 0 where hardly any differs from 0.
  double usual() const noexcept { return usual_; }

  /// The chance of a deviation that goes at least as far.
  double p(double deviation, Direction direction) const noexcept {
    const double far = reached(deviation, direction);
    if (usual_ == 0) return rank(far, direction);
    const double share = unusual_towards(direction);
    if (far < usual_) return std::max(share, rank(far, direction));
    return std::min(share * std::pow(far / usual_, -tail), std::max(rank(far, direction), ranked));
  }

  /// How far a deviation may go before its p falls below this one.
  double reach(double p, Direction direction) const noexcept {
    if (usual_ == 0) return 0;
    const double share = unusual_towards(direction);
    const double by_size = or_largest(usual_ * std::pow(share / p, 1 / tail));
    if (p <= std::min(share, ranked)) return by_size;
    const double larger = std::ceil(p * (count() + 1) - 0.5) - 1;
    const double by_rank = larger < 0 ? largest : farthest_but(std::min(larger, count() - 1), direction);
    return p <= share ? std::min(by_size, std::max(by_rank, usual_)) : std::min(by_rank, usual_);
  }

 private:
  static constexpr double unusual = 0.05;
  static constexpr double tail = 3.5;
  static constexpr double ranked = 1.0 / 400;

  double count() const noexcept { return static_cast<double>(latest_.size()); }

  /// By those that go farther, and half of those that go as far; never 0.
  double rank(double far, Direction direction) const noexcept {
    return (farther(far, direction) + 0.5) / (count() + 1);
  }
  double farther(double far, Direction direction) const noexcept {
    const auto below = [&](double value) {
      return static_cast<double>(latest_.count_below(value) + latest_.count_up_to(value)) / 2;
    };
    if (direction == Direction::above) return count() - below(far);
    if (direction == Direction::below) return below(-far);
    // Of 0 both sides are one.
    if (far == 0) return count() - (static_cast<double>(latest_.count_up_to(0)) - below(0));
    return count() - below(far) + below(-far);
  }

  /// Of the unusual ones, the share that goes into this direction.
  double unusual_towards(Direction direction) const noexcept {
    if (direction == Direction::both) return unusual;
    return unusual * (farther(limit_, direction) + 0.5) / (farther(limit_, Direction::both) + 1);
  }

  /// How far the one goes that `larger` others surpass.
  double farthest_but(double larger, Direction direction) const noexcept {
    const auto sorted = latest_.sorted();
    const auto place = static_cast<std::size_t>(larger);
    if (direction == Direction::above) return sorted[sorted.size() - 1 - place];
    if (direction == Direction::below) return -sorted[place];
    return sorted.size() == 1 ? std::abs(sorted[0]) : absolute_quantile(sorted, 1 - larger / (count() - 1));
  }

  const SortedWindow& latest_;
  double limit_;
  double usual_;
};

}  // namespace oddity
