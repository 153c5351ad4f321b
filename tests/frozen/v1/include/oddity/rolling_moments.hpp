// The latest `capacity` samples and their moments: a history that slides.
//
// LIFE CYCLE
//   1. RollingMoments history(capacity)   holds nothing yet.
//   2. history.restore(reader)            at most once, before the first sample.
//   3. history.add(samples), moments()    as often as wanted, in any order.
//   4. history.snapshot(writer)           between them: a restored history goes on with the same bits.
//
// HOW. No sample is ever subtracted, so nothing drifts and nothing cancels: after 10^9 samples the moments
// are those of a recomputation, and a sample that overflowed leaves no trace once it has left. Samples are
// grouped into blocks by their running number. Whole blocks stand in two stacks, the way a queue is made of
// two stacks (sliding-window aggregation: Tangwongsan, Hirzel & Schneider 2017, DEBS, p. 66):
//
//     oldest                                                        newest
//     [part] [block] [block] [block] | [block] [block] [block] [part]
//        ^     each knows the moments |    one running merge      ^
//        |     from itself to here -->|       of these            |
//        recomputed when asked for             recomputed when asked for
//
// When the last block of the left stack has left, all whole blocks move there: O(capacity) once in
// capacity samples, so an update costs O(1) a sample and moments() O(1). Every number is a function of
// the samples, their running number and the place of the bar, which are what is saved: a restored
// history goes on with the same bits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oddity/moments.hpp"
#include "oddity/state.hpp"

namespace oddity {

/// Count, mean, spread, minimum and maximum of the latest samples, always up to date.
class RollingMoments {
 public:
  /// `capacity`: at least 1. Memory grows with the samples that come, up to 8.5 bytes a sample of capacity.
  explicit RollingMoments(std::size_t capacity) noexcept : capacity_(capacity) {}

  /// How many samples are held.
  std::size_t size() const noexcept { return samples_.size(); }
  /// How many samples are held at most.
  std::size_t capacity() const noexcept { return capacity_; }

  /// Appends samples in order; the oldest leave when there are more than capacity. All finite.
  void add(std::span<const double> samples) {
    if (samples.size() > capacity_) {
      // Samples that would leave within this very call are only counted.
      first_ += samples.size() - capacity_;
      const std::span<const double> kept = samples.last(capacity_);
      first_ += samples_.size();
      samples_.assign(kept.begin(), kept.end());
      oldest_ = 0;
      renumber();
      return stack_all();
    }
    for (const double sample : samples) push(sample);
  }

  /// Of all samples now held. Touches two blocks, not the history.
  Moments moments() const noexcept {
    if (size() < two_blocks) return moments_between(first_, end());
    const std::uint64_t whole = first_whole_block();
    Moments all = moments_between(first_, whole * block);
    if (whole < bar_) all = merge(all, left_[static_cast<std::size_t>(bar_ - 1 - whole)]);
    all = merge(all, right_);
    return merge(all, moments_between(last_whole_block() * block, end()));
  }

  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept {
    return samples_.capacity() * sizeof(double) + left_.capacity() * sizeof(Moments);
  }

  /// Writes the samples and where the blocks stand: what restore reads, and all that the moments depend on.
  void snapshot(StateWriter& out) const {
    out.write(first_);
    out.write(bar_);
    out.write(std::uint64_t{size()});
    const std::span<const double> all(samples_);
    out.write(all.subspan(oldest_));
    out.write(all.first(oldest_));
  }

  /// Takes over what snapshot wrote, of a larger capacity the newest samples. Throws StateError.
  void restore(StateReader& in) {
    const auto first = in.read<std::uint64_t>();
    const auto bar = in.read<std::uint64_t>();
    const std::uint64_t count = in.read_count(sizeof(double));
    if (first > far || bar > std::max((first + block - 1) / block, (first + count) / block))
      throw StateError("a running number in the state is impossible");
    std::vector<double> samples(static_cast<std::size_t>(count));
    in.read_finite(samples);
    const std::size_t surplus = samples.size() > capacity_ ? samples.size() - capacity_ : 0;
    samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(surplus));
    samples_ = std::move(samples);
    oldest_ = 0;
    first_ = first + surplus;
    bar_ = bar;
    renumber();
    // A smaller capacity has cut into what stood behind the bar.
    if (first_whole_block() > bar_) return stack_all();
    stack_left();
    stack_right();
  }

 private:
  static constexpr std::uint64_t block = 128;
  static constexpr std::uint64_t two_blocks = 2 * block;
  /// The largest running number: 2^62.
  static constexpr std::uint64_t far = block << 55;

  std::uint64_t end() const noexcept { return first_ + size(); }
  /// The first block of which all samples are held, and the one after the last.
  std::uint64_t first_whole_block() const noexcept { return (first_ + block - 1) / block; }
  std::uint64_t last_whole_block() const noexcept { return std::max(first_whole_block(), end() / block); }

  void push(double sample) {
    if (size() < capacity_) {
      if (samples_.size() == samples_.capacity())
        samples_.reserve(std::min(capacity_, 2 * samples_.size() + 16));
      samples_.push_back(sample);
    } else {
      samples_[oldest_] = sample;
      oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
      ++first_;
    }
    if (end() % block != 0 && first_ % block != 1) return;
    renumber();
    if (end() % block == 0 && size() >= block) right_ = merge(right_, moments_between(end() - block, end()));
    if (first_whole_block() >= bar_ && last_whole_block() > bar_) stack_all();
  }

  /// Beyond `far`, numbering starts again, in whole blocks. So what is accepted can always be saved again.
  void renumber() noexcept {
    if (first_ <= far) return;
    first_ -= far;
    bar_ -= std::min(bar_, far / block);
  }

  /// Moves the bar behind the last whole block.
  void stack_all() {
    bar_ = last_whole_block();
    right_ = {};
    stack_left();
  }
  void stack_left() {
    left_.clear();
    left_.reserve(static_cast<std::size_t>(bar_ - std::min(bar_, first_whole_block())));
    Moments merged;
    for (std::uint64_t at = bar_; at-- > first_whole_block();) {
      merged = merge(moments_between(at * block, (at + 1) * block), merged);
      left_.push_back(merged);
    }
  }
  void stack_right() {
    right_ = {};
    for (std::uint64_t at = bar_; at < last_whole_block(); ++at) {
      right_ = merge(right_, moments_between(at * block, (at + 1) * block));
    }
  }

  /// Of the samples with running numbers [from, to), recomputed; they may wrap around in memory.
  Moments moments_between(std::uint64_t from, std::uint64_t to) const noexcept {
    if (from >= to) return {};
    const std::span<const double> all(samples_);
    const auto skip = static_cast<std::size_t>(from - first_);
    const auto count = static_cast<std::size_t>(to - from);
    const std::size_t start = oldest_ + skip < all.size() ? oldest_ + skip : oldest_ + skip - all.size();
    const std::size_t before_wrap = std::min(count, all.size() - start);
    return moments_of(all.subspan(start, before_wrap), all.first(count - before_wrap));
  }

  std::size_t capacity_;
  /// A ring once it is full.
  std::vector<double> samples_;
  /// Place of the oldest sample.
  std::size_t oldest_ = 0;
  /// Running number of the oldest sample.
  std::uint64_t first_ = 0;
  /// Blocks before it stand in the left stack.
  std::uint64_t bar_ = 0;
  /// left_[i]: of blocks bar - 1 - i to bar - 1.
  std::vector<Moments> left_;
  /// Of the whole blocks from the bar on.
  Moments right_;
};

}  // namespace oddity
