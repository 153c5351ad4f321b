// The latest windows that together have at most `capacity` samples, and the moments of all these samples: a
// history that slides by whole windows and keeps some 50 bytes of each, however many samples it has.
//
// LIFE CYCLE
//   1. RollingWindows history(capacity)      holds nothing yet.
//   2. history.restore(reader)               at most once, before the first window.
//   3. history.add(window), moments()        as often as wanted, in any order.
//   4. history.snapshot(writer)              between them: a restored history goes on with the same bits.
//
// WHAT LEAVES. A window comes in whole and leaves whole, so of its samples nothing but their moments is
// needed. Where the capacity is a multiple of the windows' length these are always the latest `capacity`
// samples; else up to a window fewer. Short windows, below 8 samples, would take more room as moments than as
// samples: their samples are kept, and leave one by one. Of a window longer than the capacity its newest
// samples count.
//
// HOW. A piece is a window, or up to 64 samples of short ones. Nothing is ever subtracted, so nothing drifts
// and nothing cancels: what overflowed leaves no trace once it has left. The pieces stand in two stacks, the
// way a queue is made of two stacks (sliding-window aggregation: Tangwongsan, Hirzel & Schneider 2017, DEBS,
// p. 66):
//
//     oldest                                               newest
//     [piece] [piece] [piece] [piece] | [piece] [piece] | [piece]
//       each knows the moments from   |   one running   |  may
//       itself to the bar ----------->|     merge       |  grow
//
// When the last one of the left stack has left, all but the newest move there: an update costs O(1) a piece,
// and moments() two merges. What a window's piece knows is saved as it is, the rest follows from the samples
// that are kept: a restored history goes on with the same bits.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oddity/moments.hpp"
#include "oddity/ring.hpp"
#include "oddity/state.hpp"
#include "oddity/window.hpp"

namespace oddity {

/// Count, mean and spread of the latest windows' samples, always up to date.
class RollingWindows {
 public:
  /// `capacity`: at least 1. Memory grows with the windows that come.
  explicit RollingWindows(std::size_t capacity) noexcept : capacity_(capacity) {}

  /// How many samples count.
  std::size_t size() const noexcept { return size_; }
  /// How many samples count at most.
  std::size_t capacity() const noexcept { return capacity_; }

  /// Takes in the fresh rows of a field as one window; those leave that it pushes beyond the capacity.
  void add(const Window& window, std::size_t column = 0) {
    if (window.fresh() < window.rows() || window.rows() > capacity_) return add(window.fresh_values(column));
    take(window.column(column).values(), [&] { return window.column(column).moments(); });
  }
  /// The same of samples that stand in no window: these are one. All finite.
  void add(std::span<const double> samples) {
    const auto counted = samples.last(std::min(samples.size(), capacity_));
    take(counted, [&] { return moments_of(counted); });
  }

  /// Of all samples that count. Two merges.
  Moments moments() const noexcept {
    if (pieces_.empty()) return {};
    const Moments settled = bar_ == 0 ? right_ : merge(pieces_[0].moments, right_);
    return merge(settled, pieces_.back().moments);
  }

  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return pieces_.footprint() + samples_.footprint(); }

  /// Writes the samples that are kept, and what else the pieces know.
  void snapshot(StateWriter& out) const {
    out.write(std::uint64_t{pieces_.size()});
    out.write(std::uint64_t{bar_});
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const auto& [moments, kept] = pieces_[i];
      out.write(static_cast<std::uint8_t>(kept));
      out.write(std::uint64_t{count_of(i)});
      if (kept) continue;
      for (const double part :
           {moments.mean, moments.mean_rest, moments.sum_of_squares, moments.min, moments.max})
        out.write(part);
    }
    out.write(std::uint64_t{samples_.size()});
    const auto [first, second] = samples_.part(0, samples_.size());
    out.write(first);
    out.write(second);
  }

  /// Takes over what snapshot wrote, of a larger capacity the newest windows; the newest of all even where it
  /// is longer than the capacity by itself. Throws StateError.
  void restore(StateReader& in) {
    *this = RollingWindows(capacity_);
    const auto count = static_cast<std::size_t>(in.read_count(least_bytes_of_a_piece));
    bar_ = static_cast<std::size_t>(in.read<std::uint64_t>());
    if (bar_ > 0 && bar_ >= count) throw StateError("the bar in the state stands behind the newest window");
    for (std::size_t i = 0; i < count; ++i) pieces_.push_back(read_piece(in), count);
    const auto kept = static_cast<std::size_t>(in.read_count(sizeof(double)));
    for (std::size_t i = 0; i < kept; ++i) {
      double sample = 0;
      in.read_finite({&sample, 1});
      samples_.push_back(sample, kept);
    }
    complete_pieces();
    while (size_ > capacity_ && (pieces_.size() > 1 || pieces_[0].kept)) let_go(size_ - capacity_);
  }

  /// Takes over what RollingMoments::snapshot wrote: samples, which are kept and leave one by one, as they
  /// would have there. Of a larger capacity the newest. Throws StateError.
  void restore_samples(StateReader& in) {
    *this = RollingWindows(capacity_);
    in.read<std::uint64_t>();
    in.read<std::uint64_t>();
    std::vector<double> samples(static_cast<std::size_t>(in.read_count(sizeof(double))));
    in.read_finite(samples);
    keep(std::span<const double>(samples).last(std::min(samples.size(), capacity_)));
  }

 private:
  struct Piece {
    /// Left of the bar, from this piece to the bar.
    Moments moments;
    /// Its samples are in samples_, behind those of the pieces before it.
    bool kept = false;
  };
  /// A window of so many samples is a piece; shorter ones are kept, up to `most_kept` samples in a piece.
  static constexpr std::size_t whole = 8;
  static constexpr std::size_t most_kept = 64;
  static constexpr std::size_t least_bytes_of_a_piece = 1 + sizeof(std::uint64_t);
  /// More samples than a double counts exactly are impossible.
  static constexpr std::uint64_t most_samples = std::uint64_t{1} << 53;

  /// At most capacity samples.
  template <class MomentsOf>
  void take(std::span<const double> samples, MomentsOf moments_of_them) {
    if (samples.empty()) return;
    while (size_ > capacity_ - samples.size()) let_go(size_ + samples.size() - capacity_);
    if (samples.size() < whole) return keep(samples);
    if (samples_.empty()) samples_.clear();
    open({moments_of_them(), false});
    size_ += samples.size();
  }

  void keep(std::span<const double> samples) {
    while (!samples.empty()) {
      if (pieces_.empty() || !pieces_.back().kept || pieces_.back().moments.count >= most_kept)
        open({{}, true});
      const std::size_t before = pieces_.back().moments.count;
      const auto now = samples.first(std::min(samples.size(), most_kept - before));
      for (const double sample : now) samples_.push_back(sample, std::max(capacity_, samples_.size() + 1));
      const std::size_t count = before + now.size();
      pieces_.back().moments = moments_of_kept(samples_.size() - count, count);
      size_ += now.size();
      samples = samples.subspan(now.size());
    }
  }

  void open(const Piece& piece) {
    if (!pieces_.empty()) right_ = merge(right_, pieces_.back().moments);
    pieces_.push_back(piece);
  }

  /// The oldest piece leaves or, of one whose samples are kept, up to `surplus` samples. There is one.
  void let_go(std::size_t surplus) {
    if (bar_ == 0 && pieces_.size() > 1) stack_left();
    const std::size_t count = count_of(0);
    const bool leaves = !pieces_[0].kept || count <= surplus;
    const std::size_t gone = leaves ? count : surplus;
    if (pieces_[0].kept) samples_.pop_front(gone);
    size_ -= gone;
    if (leaves) {
      pieces_.pop_front();
      bar_ -= std::min<std::size_t>(bar_, 1);
    } else {
      const Moments rest = moments_of_kept(0, count - gone);
      pieces_[0].moments = bar_ > 1 ? merge(rest, pieces_[1].moments) : rest;
    }
  }

  /// Moves the bar, which stands before all, behind all but the newest.
  void stack_left() noexcept {
    bar_ = pieces_.size() - 1;
    right_ = {};
    for (std::size_t i = bar_ - 1; i-- > 0;)
      pieces_[i].moments = merge(pieces_[i].moments, pieces_[i + 1].moments);
  }

  /// How many samples a piece has itself.
  std::size_t count_of(std::size_t piece) const noexcept {
    const std::uint64_t count = pieces_[piece].moments.count;
    return static_cast<std::size_t>(piece + 1 < bar_ ? count - pieces_[piece + 1].moments.count : count);
  }
  Moments moments_of_kept(std::size_t from, std::size_t count) const noexcept {
    const auto [first, second] = samples_.part(from, count);
    return moments_of(first, second);
  }

  /// Counts what the piece has itself; complete_pieces() makes it what it knows.
  static Piece read_piece(StateReader& in) {
    Piece piece;
    Moments& moments = piece.moments;
    piece.kept = in.read<std::uint8_t>() != 0;
    moments.count = in.read<std::uint64_t>();
    if (moments.count == 0 || moments.count > (piece.kept ? most_kept : most_samples))
      throw StateError("a window in the state has an impossible number of samples");
    if (piece.kept) return piece;
    moments.mean = in.read_double();
    moments.mean_rest = in.read_double();
    moments.sum_of_squares = in.read_double();
    in.read_finite({&moments.min, 1});
    in.read_finite({&moments.max, 1});
    // Mean and squares may have overflowed.
    const bool spread = moments.min < moments.max && !(moments.sum_of_squares < 0);
    const bool equal = moments.constant() && moments.mean == moments.min && moments.sum_of_squares == 0;
    if (!(spread || equal) ||
        !(moments.mean_rest == 0 || std::abs(moments.mean_rest) <= std::abs(moments.mean)))
      throw StateError("the moments of a window in the state are impossible");
    return piece;
  }
  /// Behind read_piece() of all: sums up counts, and works out what the samples that are kept tell.
  void complete_pieces() {
    std::size_t behind = samples_.size();
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      Moments& moments = pieces_[i].moments;
      const auto count = static_cast<std::size_t>(moments.count);
      size_ += count;
      if (size_ > most_samples || (pieces_[i].kept && count > behind))
        throw StateError("the state has other samples than it counts");
      if (pieces_[i].kept) moments = moments_of_kept(behind -= count, count);
      if (i + 1 >= bar_) continue;
      const Moments& next = pieces_[i + 1].moments;
      if (pieces_[i].kept) {
        moments = merge(moments, next);
      } else {
        moments.count += next.count;
      }
    }
    if (behind > 0) throw StateError("the state has other samples than it counts");
    for (std::size_t i = bar_; i + 1 < pieces_.size(); ++i) right_ = merge(right_, pieces_[i].moments);
  }

  std::size_t capacity_;
  std::size_t size_ = 0;
  Ring<Piece> pieces_;
  /// Of the pieces that keep theirs.
  Ring<double> samples_;
  /// So many pieces stand in the left stack; never the newest.
  std::size_t bar_ = 0;
  /// Of the pieces from the bar on but the newest.
  Moments right_;
};

}  // namespace oddity
