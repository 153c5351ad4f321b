// The last few values that came, learned or not, and which rows of a window are new beside them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "oddity/state.hpp"
#include "oddity/window.hpp"

namespace oddity::plugins::jump {

/// 1. Recent recent(10);
/// 2. recent.unseen(window); a copy may go through those rows by median() and add();
/// 3. recent.add(value) for each row that came, then recent.saw(window).
class Recent {
 public:
  /// `capacity`: at least 1.
  explicit Recent(std::size_t capacity) noexcept : capacity_(capacity) {}

  bool empty() const noexcept { return values_.empty(); }

  /// Of at least one value; of an even number of them, halfway between the two in the middle.
  double median() const {
    std::vector<double> sorted(values_);
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    if (sorted.size() % 2 == 1) return *middle;
    return std::midpoint(*std::max_element(sorted.begin(), middle), *middle);
  }

  void add(double value) {
    if (values_.size() == capacity_) values_.erase(values_.begin());
    values_.push_back(value);
  }

  /// How many of the window's last rows are later than all that came: fewer than it has where windows
  /// overlap. All of them in a window that does not end later, since time begins anew there.
  std::size_t unseen(const Window& window) const noexcept {
    if (window.end() <= last_end_) return window.rows();
    std::size_t count = 0;
    while (count < window.rows() && window.times()[window.rows() - 1 - count] > latest_) ++count;
    return count;
  }
  void saw(const Window& window) noexcept {
    last_end_ = window.end();
    latest_ = window.times().back();
  }

  void snapshot(StateWriter& out) const {
    out.write(last_end_);
    out.write(latest_);
    out.write(std::uint64_t{values_.size()});
    out.write(std::span<const double>(values_));
  }
  /// Of more values than there is room for, the newest. Throws StateError.
  void restore(StateReader& in) {
    last_end_ = in.read<std::int64_t>();
    latest_ = in.read<std::int64_t>();
    std::vector<double> values(static_cast<std::size_t>(in.read_count(sizeof(double))));
    in.read_finite(values);
    const std::size_t surplus = values.size() > capacity_ ? values.size() - capacity_ : 0;
    values_.assign(values.begin() + static_cast<std::ptrdiff_t>(surplus), values.end());
  }
  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return values_.capacity() * sizeof(double); }

 private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

  std::size_t capacity_;
  std::vector<double> values_;  ///< in order of arrival
  std::int64_t last_end_ = never;
  std::int64_t latest_ = never;
};

}  // namespace oddity::plugins::jump
