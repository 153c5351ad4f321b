// The latest `capacity` samples, in order of arrival and sorted: a history for rank tests.
//
// LIFE CYCLE
//   1. SortedWindow history(capacity)   holds nothing yet.
//   2. history.restore(reader)          at most once, before the first sample.
//   3. history.add(samples), sorted()   as often as wanted; sorted() is valid until the next add().
//   4. history.snapshot(writer)         between them.
//
// HOW. The sorted samples stand in one flat array. A batch that comes replaces as many of the oldest in one
// pass: both batches are sorted, then a merge takes the old ones out and puts the new ones in. This beats
// trees and insertions one by one as soon as a batch has a few samples, and counting is a binary search.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oddity/state.hpp"
#include "oddity/window.hpp"

namespace oddity {

/// Of ascending values, the first place from `from` on whose value is not below `value`; all before it are. For
/// walks: eight at a time, and within eight by counting, without a branch that is hard to foresee.
inline std::size_t first_not_below(std::span<const double> sorted, double value, std::size_t from) noexcept {
  constexpr std::size_t stride = 8;
  const std::size_t last = sorted.size() < stride ? 0 : sorted.size() - stride + 1;
  while (from < last && sorted[from + stride - 1] < value) from += stride;
  const std::size_t to = std::min(from + stride, sorted.size());
  std::size_t below = 0;
  for (std::size_t at = from; at < to; ++at) below += sorted[at] < value ? 1 : 0;
  return from + below;
}

/// The latest samples, always sorted.
class SortedWindow {
 public:
  /// `capacity`: at least 1. Memory grows with the samples that come, up to 16 bytes a sample of capacity.
  explicit SortedWindow(std::size_t capacity) noexcept : capacity_(capacity) {}

  /// How many samples are held.
  std::size_t size() const noexcept { return sorted_.size(); }
  /// How many samples are held at most.
  std::size_t capacity() const noexcept { return capacity_; }
  /// All samples, ascending; valid until the next add or restore.
  std::span<const double> sorted() const noexcept { return sorted_; }

  /// How many samples are below `value`. O(log size).
  std::size_t count_below(double value) const noexcept {
    return static_cast<std::size_t>(std::lower_bound(sorted_.begin(), sorted_.end(), value) -
                                    sorted_.begin());
  }
  /// How many samples are not above `value`. O(log size).
  std::size_t count_up_to(double value) const noexcept {
    return static_cast<std::size_t>(std::upper_bound(sorted_.begin(), sorted_.end(), value) -
                                    sorted_.begin());
  }

  /// Appends n samples in order; the oldest leave when there are more than capacity. All finite.
  /// O(size + n log n).
  void add(std::span<const double> samples) { add(samples, {}); }
  /// The same with the fresh rows of a field; quicker where all are, and the description wants them sorted.
  void add(const Window& window, std::size_t column = 0) {
    const bool all = window.fresh() == window.rows();
    add(window.fresh_values(column), all ? window.column(column).sorted() : std::span<const double>());
  }

  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept {
    return (sorted_.capacity() + arrived_.capacity()) * sizeof(double);
  }

  /// Writes the samples in order of arrival.
  void snapshot(StateWriter& out) const {
    out.write(std::uint64_t{arrived_.size()});
    const std::span<const double> all(arrived_);
    out.write(all.subspan(oldest_));
    out.write(all.first(oldest_));
  }

  /// Takes over what snapshot wrote, of a larger capacity the newest samples. Throws StateError.
  void restore(StateReader& in) {
    std::vector<double> samples(static_cast<std::size_t>(in.read_count(sizeof(double))));
    in.read_finite(samples);
    const std::size_t surplus = samples.size() > capacity_ ? samples.size() - capacity_ : 0;
    samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(surplus));
    arrived_ = std::move(samples);
    oldest_ = 0;
    sorted_ = arrived_;
    std::sort(sorted_.begin(), sorted_.end());
  }

 private:
  /// `in_order`: the same sorted, or empty where nobody has done that.
  void add(std::span<const double> samples, std::span<const double> in_order) {
    if (samples.size() >= capacity_) {
      const auto newest = samples.last(capacity_);
      arrived_.assign(newest.begin(), newest.end());
      sorted_ = arrived_;
      std::sort(sorted_.begin(), sorted_.end());
      oldest_ = 0;
      return;
    }
    std::vector<double> leaving = arrive(samples);
    std::sort(leaving.begin(), leaving.end());
    if (in_order.size() == samples.size()) return replace(leaving, in_order);
    std::vector<double> coming(samples.begin(), samples.end());
    std::sort(coming.begin(), coming.end());
    replace(leaving, coming);
  }

  /// Puts the samples into the ring; returns those that left it.
  std::vector<double> arrive(std::span<const double> samples) {
    std::vector<double> left;
    for (const double sample : samples) {
      if (arrived_.size() < capacity_) {
        if (arrived_.size() == arrived_.capacity())
          arrived_.reserve(std::min(capacity_, 2 * arrived_.size() + 16));
        arrived_.push_back(sample);
      } else {
        left.push_back(arrived_[oldest_]);
        arrived_[oldest_] = sample;
        oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
      }
    }
    return left;
  }

  /// One pass over the sorted samples: `leaving`, all of them present, goes out and `coming` goes in. Both are
  /// sorted. What stands between two of these moves in one piece.
  void replace(std::span<const double> leaving, std::span<const double> coming) {
    std::vector<double> merged;
    merged.reserve(sorted_.size() + coming.size() - leaving.size());
    const auto sample = [&](std::size_t at) { return sorted_.begin() + static_cast<std::ptrdiff_t>(at); };
    std::size_t at = 0;
    std::size_t gone = 0;
    for (std::size_t next = 0; gone < leaving.size() || next < coming.size();) {
      const bool leaves = gone < leaving.size() && (next == coming.size() || leaving[gone] <= coming[next]);
      const double value = leaves ? leaving[gone] : coming[next];
      const std::size_t to = first_not_below(sorted_, value, at);
      merged.insert(merged.end(), sample(at), sample(to));
      at = to;
      if (leaves) {
        ++gone;
        ++at;
      } else {
        merged.push_back(value);
        ++next;
      }
    }
    merged.insert(merged.end(), sample(at), sorted_.end());
    sorted_ = std::move(merged);
  }

  std::size_t capacity_;
  /// In order of arrival; a ring once it is full.
  std::vector<double> arrived_;
  /// Place of the oldest sample in the ring.
  std::size_t oldest_ = 0;
  std::vector<double> sorted_;
};

}  // namespace oddity
