// The means of a series at each time of its latest periods.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "oddity/evaluation.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::seasonal {

/// A period, a day for example, has 96 slots. The 21 latest periods that had any value are kept, however long
/// the gaps between them: 16 KiB.
class Cycles {
 public:
  static constexpr int slots = 96;
  static constexpr std::int64_t a_week = 7;

  /// A slot as it is seen from the period `cycle`: in that, in the one before (turns −1) or behind it (turns
  /// 1).
  struct Place {
    std::int64_t cycle = 0;
    int turns = 0;
    std::size_t slot = 0;
  };

  /// The median of the latest seven periods before `cycle` that have a value there; NaN: none has.
  double earlier(const Place& place) const { return median(place, 1, 7); }
  /// The same of one, two and three weeks before, a week being seven periods.
  double weeks_before(const Place& place) const { return median(place, a_week, 3); }

  /// From the hundredth to the last but hundredth of all means, as of when the latest period began.
  double range() const noexcept { return range_; }

  void set(std::int64_t cycle, std::size_t slot, double mean) {
    auto found = std::find_if(cycles_.rbegin(), cycles_.rend(),
                              [&](const Cycle& each) { return each.number == cycle; });
    if (found == cycles_.rend()) {
      measure_range();
      if (cycles_.size() == most) cycles_.erase(cycles_.begin());
      if (cycles_.size() == cycles_.capacity()) cycles_.reserve(std::min(most, 2 * cycles_.size() + 1));
      cycles_.push_back({cycle, {}});
      found = cycles_.rbegin();
      found->means.fill(none);
    }
    found->means[slot] = mean;
  }

  void snapshot(StateWriter& out) const {
    out.write(std::uint64_t{cycles_.size()});
    for (const Cycle& cycle : cycles_) {
      out.write(cycle.number);
      out.write(std::span<const double>(cycle.means));
    }
    out.write(range_);
  }
  /// Throws StateError.
  void restore(StateReader& in) {
    const std::uint64_t count = in.read_count(sizeof(Cycle));
    if (count > most) throw StateError("the state's periods are too many");
    cycles_.assign(static_cast<std::size_t>(count), {});
    for (Cycle& cycle : cycles_) {
      cycle.number = in.read<std::int64_t>();
      for (double& mean : cycle.means) {
        mean = in.read_double();
        if (std::isinf(mean)) throw StateError("a mean in the state is infinite");
      }
    }
    in.read_finite(std::span(&range_, 1));
    if (range_ < 0) throw StateError("a range in the state ends before it begins");
  }
  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return cycles_.capacity() * sizeof(Cycle); }

 private:
  static constexpr std::size_t most = 21;
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  struct Cycle {
    std::int64_t number = 0;
    std::array<double, slots> means{};  ///< NaN: no value
  };

  double median(const Place& place, std::int64_t every, std::size_t wanted) const {
    std::array<double, most> found{};
    std::size_t count = 0;
    for (auto each = cycles_.rbegin(); each != cycles_.rend() && count < wanted; ++each) {
      const double mean = each->means[place.slot];
      if (each->number >= place.cycle || std::isnan(mean)) continue;
      const auto back = static_cast<std::uint64_t>(place.cycle) - static_cast<std::uint64_t>(each->number);
      if ((back + static_cast<std::uint64_t>(a_week + place.turns)) % static_cast<std::uint64_t>(every) == 0)
        found[count++] = mean;
    }
    if (count == 0) return none;
    std::sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
    return std::midpoint(found[(count - 1) / 2], found[count / 2]);
  }

  void measure_range() {
    std::vector<double> all;
    for (const Cycle& cycle : cycles_)
      std::copy_if(cycle.means.begin(), cycle.means.end(), std::back_inserter(all),
                   [](double mean) { return !std::isnan(mean); });
    range_ = 0;
    if (all.empty()) return;
    const auto out = static_cast<std::ptrdiff_t>(all.size() / 100);
    const auto low = all.begin() + out, high = all.end() - 1 - out;
    std::nth_element(all.begin(), low, all.end());
    const double least = *low;
    std::nth_element(low, high, all.end());
    range_ = or_largest(*high - least);
  }

  std::vector<Cycle> cycles_;  ///< the latest last
  double range_ = 0;
};

}  // namespace oddity::plugins::seasonal
