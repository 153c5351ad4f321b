// The distribution of what a series has shown of one quantity, in a few hundred bytes: how rare is a value beyond
// nearly all of them, and which one is exceeded by a given share.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// Counts in bins of an eighth of an octave, from 2^-32 to 2^8 of the first value that was not 0; the whole moves up
/// when a larger value comes. When the counts reach their capacity all are halved, so that what is long ago fades.
///
/// 1. TailHistogram distribution(20000);
/// 2. distribution.surprise(value) for each value, and then add(value).
class TailHistogram {
 public:
  /// `capacity`: values after which all counts are halved; at most 65 535.
  explicit TailHistogram(std::uint32_t capacity) noexcept : capacity_(capacity) {}

  /// How many values it stands for.
  std::uint32_t count() const noexcept { return count_; }

  /// -log10 of the share of values that are at least `value`, not negative. Among the largest 2 %, at least eight, and
  /// beyond them all it follows an exponential tail with their mean excess (the peaks over a threshold: Pickands 1975,
  /// Annals of Statistics 3, p. 119, with a shape of 0), but is at most three times as rare as by rank: a tail says more
  /// than can be known where values as large have come before, or too few of any. `beyond`: by so many powers of ten it
  /// may be rarer still. Below the tail ranks decide, ties by half.
  double surprise(double value, double beyond = 0) const noexcept {
    if (count_ == 0) return 0;
    value = scaled(value);
    const double number = peaks();
    const std::size_t own = bin_of(value);
    const std::uint32_t above = counted_above(own);
    const double part = own == 0 ? 0.5 : std::clamp((edges[own + 1] - value) / width(own), 0.0, 1.0);
    const double by_rank = -std::log10((above + counts_[own] * part + 0.5) / (count_ + 1));
    // Most values are none of the peaks, as bins above them hold all of these.
    if (above >= number || count_ <= number) return by_rank;
    const Excess tail = excess_of(number);
    if (value <= tail.threshold) return by_rank;
    const double by_tail =
        -std::log10(number / count_) + (value - tail.threshold) / (tail.mean * std::log(10.0));
    return std::fmin(by_tail, by_rank + std::log10(3.0) + beyond);
  }

  /// The value that is exceeded by `share` of them; 0 where there are none.
  double exceeded_by(double share) const noexcept {
    const double number = share * count_;
    double above = 0;
    for (std::size_t bin = highest_; bin > 0; --bin) {
      if (above + counts_[bin] > number)
        return std::ldexp(edges[bin + 1] - (number - above) / counts_[bin] * width(bin), lowest_);
      above += counts_[bin];
    }
    return 0;
  }

  void add(double value) noexcept {
    if (value > 0) reach_up_to(value);
    const std::size_t bin = bin_of(scaled(value));
    ++counts_[bin];
    highest_ = std::max(highest_, bin);
    if (++count_ >= capacity_) halve();
  }

  void snapshot(StateWriter& out) const {
    out.write(std::int32_t{lowest_});
    out.write(std::span<const std::uint16_t>(counts_));
  }
  void restore(StateReader& in) {
    lowest_ = in.read<std::int32_t>();
    if (lowest_ < -2200 || lowest_ > 2200)
      throw StateError("a distribution in the state has an impossible scale");
    count_ = 0;
    for (std::uint16_t& count : counts_) count_ += count = in.read<std::uint16_t>();
    find_highest();
    if (count_ >= capacity_) throw StateError("a distribution in the state counts more values than it can");
  }

 private:
  static constexpr int octaves = 40;
  static constexpr int bins_an_octave = 8;
  static constexpr std::size_t bins = octaves * bins_an_octave + 1;  // the first for what is 0
  static constexpr int not_scaled = -2200;
  static constexpr double share_of_peaks = 0.02;
  static constexpr double fewest_peaks = 8;

  struct Excess {
    double threshold;  ///< exceeded by the peaks
    double mean;       ///< of the peaks, over it
  };

  double peaks() const noexcept { return std::fmax(fewest_peaks, std::floor(share_of_peaks * count_)); }

  Excess excess_of(double number) const noexcept {
    double above = 0;
    double sum = 0;
    double threshold = 0;
    for (std::size_t bin = highest_; bin > 0; --bin) {
      if (counts_[bin] == 0) continue;
      const double here = std::fmin(counts_[bin], number - above);
      // The lowest bin is entered as deep as is needed.
      threshold = edges[bin + 1] - here / counts_[bin] * width(bin);
      sum += here * (threshold + edges[bin + 1]) / 2;
      above += here;
      if (above >= number) break;
    }
    if (above < number) threshold = 0;
    const double excess = sum / number - threshold;
    return {threshold, excess > 0 ? excess : 0.001 * std::fmax(threshold, edges[1])};
  }

  std::uint32_t counted_above(std::size_t own) const noexcept {
    std::uint32_t above = 0;
    for (std::size_t bin = own + 1; bin <= highest_; ++bin) above += counts_[bin];
    return above;
  }

  double scaled(double value) const noexcept {
    constexpr double largest = 1e300;
    return std::fmin(std::ldexp(value, -lowest_), largest);
  }
  static std::size_t bin_of(double value) noexcept {
    if (!(value > 0)) return 0;
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    const int bin = exponent * bins_an_octave + static_cast<int>((fraction - 0.5) * 2 * bins_an_octave);
    return static_cast<std::size_t>(std::clamp(bin, 0, static_cast<int>(bins) - 2)) + 1;
  }
  /// The lower edges of the bins, and the upper one of the last, if the lowest octave were that below 1.
  static constexpr std::array<double, bins + 1> edges = [] {
    std::array<double, bins + 1> all{};
    double octave = 0.5;
    for (std::size_t place = 0; place < bins; ++place) {
      if (place != 0 && place % bins_an_octave == 0) octave *= 2;
      all[place + 1] = octave * (1 + static_cast<double>(place % bins_an_octave) / bins_an_octave);
    }
    return all;
  }();
  static constexpr double width(std::size_t bin) noexcept { return edges[bin + 1] - edges[bin]; }
  /// Values of a greater order of magnitude move the bins up; the lowest octaves become one bin.
  void reach_up_to(double value) noexcept {
    int exponent = 0;
    std::frexp(value, &exponent);
    if (lowest_ == not_scaled) lowest_ = exponent - 32;
    const int up = exponent - (lowest_ + octaves - 1);
    if (up <= 0) return;
    const std::size_t moved = std::min(bins - 1, static_cast<std::size_t>(up) * bins_an_octave);
    std::uint32_t below = 0;
    for (std::size_t bin = 1; bin <= moved; ++bin) below += counts_[bin];
    for (std::size_t bin = 1; bin < bins; ++bin) counts_[bin] = bin + moved < bins ? counts_[bin + moved] : 0;
    counts_[1] = static_cast<std::uint16_t>(counts_[1] + below);
    lowest_ += up;
    find_highest();
  }

  void halve() noexcept {
    count_ = 0;
    for (std::uint16_t& count : counts_) count_ += count /= 2;
    find_highest();
  }

  void find_highest() noexcept {
    highest_ = bins - 1;
    while (highest_ > 0 && counts_[highest_] == 0) --highest_;
  }

  std::uint32_t capacity_;
  std::uint32_t count_ = 0;
  int lowest_ = not_scaled;  ///< exponent of the lowest bin's octave
  std::size_t highest_ = 0;  ///< bin that is not empty
  std::array<std::uint16_t, bins> counts_{};
};

}  // namespace oddity::plugins::novelty
