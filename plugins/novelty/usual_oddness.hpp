// How odd the rows of a series usually are.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// Counts of earlier rows by their oddness, in tenths of a power of ten, all halved now and then, so that what is long
/// ago fades. In the bulk of a series that says how many rows are as odd; what is rare, it does not resolve.
class UsualOddness {
 public:
  /// The share of rows that are at least as odd, those of the same tenth by half; above 0. 1 where there are none.
  double share_above(double oddness) const noexcept {
    const std::size_t own = bin_of(oddness);
    double above = counts_[own] * (1 - within(oddness));
    for (std::size_t bin = own + 1; bin < bins; ++bin) above += counts_[bin];
    return count_ == 0 ? 1 : (above + 0.5) / (count_ + 1);
  }

  void add(double oddness) noexcept {
    ++counts_[bin_of(oddness)];
    if (++count_ < remembered) return;
    count_ = 0;
    for (std::uint16_t& count : counts_) count_ += count /= 2;
  }

  void snapshot(StateWriter& out) const { out.write(std::span<const std::uint16_t>(counts_)); }
  void restore(StateReader& in) {
    count_ = 0;
    for (std::uint16_t& count : counts_) count_ += count = in.read<std::uint16_t>();
    if (count_ >= remembered) throw StateError("the state counts more rows than it can");
  }

 private:
  static constexpr std::size_t bins = 80;
  static constexpr double bins_a_power = 10;
  static constexpr double lowest = -3;
  static constexpr std::uint32_t remembered = 20000;

  static double place(double oddness) noexcept {
    return std::clamp((oddness - lowest) * bins_a_power, 0.0, static_cast<double>(bins) - 0.5);
  }
  static std::size_t bin_of(double oddness) noexcept { return static_cast<std::size_t>(place(oddness)); }
  /// How far into its bin, from 0 to 1.
  static double within(double oddness) noexcept { return place(oddness) - std::floor(place(oddness)); }

  std::array<std::uint16_t, bins> counts_{};
  std::uint32_t count_ = 0;
};

}  // namespace oddity::plugins::novelty
