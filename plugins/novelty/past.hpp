// What a series has been: its latest values, and which of them were normal.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "novelty/nearest.hpp"
#include "oddity/state.hpp"

namespace oddity::plugins::novelty {

/// The distances of a row to everything in the past, and to what of it was normal.
struct Neighbours {
  Distances seen = nowhere_near;
  Distances normal = nowhere_near;
};

/// The latest values. Rows that were odd, and the eight after each, whose shapes still hold it, are kept as stretches
/// that have no part in what is normal.
class Past {
 public:
  /// How far it reaches back.
  static constexpr std::size_t reach = 3600;
  /// Rows behind an odd one that are no neighbours either.
  static constexpr std::size_t after_odd = 8;
  /// Values before the first row: what the shape and the level (levels.hpp) of that one reach back to.
  static constexpr std::size_t lead = 48;
  static_assert(lead >= readable_before);
  static constexpr std::size_t lead_of_first = 11;  ///< in a state of the first version

  /// Rows that it holds, at most `reach`.
  std::size_t rows() const noexcept { return end_ - begin(); }
  /// The value `back` rows before the next one: 1 is the latest. At most `lead` before the first are 0.
  float latest(std::size_t back) const noexcept { return values_[end_ - back]; }
  /// The greatest `back` of latest().
  std::size_t reaches() const noexcept { return lead + rows(); }
  std::span<const float> values() const noexcept { return std::span(values_).subspan(begin(), rows()); }

  Shape shape_of(float value) const noexcept {
    Shape shape{value};
    for (std::size_t back = 1; back < longest_shape; ++back) shape[back] = latest(back);
    return shape;
  }

  /// `rows_a_day`: what was odd, but came at this time of an earlier day, is normal for the time; 0: not known.
  Neighbours neighbours(const Shape& shape, std::size_t rows_a_day) const noexcept {
    Neighbours found;
    std::size_t from = begin();
    for (std::size_t i = 0; i < odd_stretches_; ++i) {
      const Stretch& odd = odd_[i];
      found.normal = nearest(rows_in(from, odd.begin), shape, found.normal);
      found.seen = nearest(rows_in(odd.begin, odd.end), shape, found.seen);
      from = std::max<std::size_t>(from, odd.end);
    }
    found.normal = nearest(rows_in(from, end_), shape, found.normal);
    for (std::size_t way = 0; way < ways; ++way)
      found.seen[way] = std::min(found.seen[way], found.normal[way]);
    if (rows_a_day < fewest_rows_a_day || odd_stretches_ == 0) return found;
    for (std::size_t back = rows_a_day; back + punctual < rows(); back += rows_a_day)
      found.normal =
          nearest(rows_in(end_ - back - punctual, end_ - back + punctual + 1), shape, found.normal);
    return found;
  }

  /// The next row: no neighbour of later ones where it is `odd`.
  void add(float value, bool odd) noexcept {
    if (end_ == capacity) move_to_front();
    values_[end_++] = value;
    if (odd) mark_latest();
    forget_stretches();
  }

  void snapshot(StateWriter& out) const {
    out.write(static_cast<std::uint32_t>(rows()));
    std::array<std::uint32_t, lead + reach> bits;
    const std::size_t first = begin() - lead, count = end_ - first;
    std::memcpy(bits.data(), &values_[first], count * sizeof(float));
    out.write(std::span<const std::uint32_t>(bits).first(count));
    out.write(static_cast<std::uint32_t>(odd_stretches_));
    for (std::size_t i = 0; i < odd_stretches_; ++i) {
      out.write(place(std::max<std::size_t>(odd_[i].begin, begin()) - begin()));
      out.write(place(odd_[i].end - begin()));
    }
  }
  /// `lead_saved`: as many values before the first row, the others having been 0 or of no use.
  void restore(StateReader& in, std::size_t lead_saved = lead) {
    const std::size_t rows = in.read<std::uint32_t>();
    if (rows > reach) throw StateError("the state holds more rows than it can");
    end_ = lead + rows;
    for (std::size_t row = lead - lead_saved; row < end_; ++row) {
      values_[row] = std::bit_cast<float>(in.read<std::uint32_t>());
      if (!std::isfinite(values_[row])) throw StateError("a value in the state is not finite");
    }
    odd_stretches_ = in.read<std::uint32_t>();
    if (odd_stretches_ > most_stretches) throw StateError("the state holds more odd stretches than it can");
    std::size_t before = lead;
    for (std::size_t i = 0; i < odd_stretches_; ++i) {
      odd_[i].begin = place(lead + in.read<std::uint16_t>());
      odd_[i].end = place(lead + in.read<std::uint16_t>());
      if (odd_[i].begin < before || odd_[i].end <= odd_[i].begin || odd_[i].begin >= end_ ||
          odd_[i].end > end_ + after_odd)
        throw StateError("an odd stretch in the state lies outside of its rows");
      before = odd_[i].end;
    }
  }

 private:
  /// Rows by which what comes every day may be early or late.
  static constexpr std::size_t punctual = 3;
  static constexpr std::size_t fewest_rows_a_day = 12;
  static constexpr std::size_t capacity = lead + reach + 256;
  static constexpr std::size_t most_stretches = reach / (after_odd + 1) + 1;

  struct Stretch {
    std::uint16_t begin = 0;
    std::uint16_t end = 0;  ///< behind its last row, which may be still to come
  };

  static_assert(capacity + after_odd < 65536);
  static std::uint16_t place(std::size_t row) noexcept { return static_cast<std::uint16_t>(row); }

  std::size_t begin() const noexcept { return end_ > lead + reach ? end_ - reach : lead; }

  std::span<const float> rows_in(std::size_t from, std::size_t to) const noexcept {
    from = std::clamp(from, begin(), end_);
    to = std::clamp(to, from, end_);
    return std::span(values_).subspan(from, to - from);
  }

  void move_to_front() noexcept {
    const std::size_t by = end_ - (lead + reach);
    std::copy(values_.begin() + static_cast<std::ptrdiff_t>(by), values_.end(), values_.begin());
    for (std::size_t i = 0; i < odd_stretches_; ++i) {
      odd_[i].begin = place(odd_[i].begin > by + lead ? odd_[i].begin - by : lead);
      odd_[i].end = place(odd_[i].end - by);
    }
    end_ -= by;
  }

  void mark_latest() noexcept {
    const std::size_t row = end_ - 1;
    if (odd_stretches_ > 0 && odd_[odd_stretches_ - 1].end >= row) {
      odd_[odd_stretches_ - 1].end = place(row + 1 + after_odd);
    } else {
      odd_[odd_stretches_++] = {place(row), place(row + 1 + after_odd)};
    }
  }

  void forget_stretches() noexcept {
    while (odd_stretches_ > 0 && odd_[0].end <= begin()) {
      std::copy(odd_.begin() + 1, odd_.begin() + static_cast<std::ptrdiff_t>(odd_stretches_), odd_.begin());
      --odd_stretches_;
    }
  }

  std::size_t end_ = lead;
  std::array<float, capacity> values_{};
  std::size_t odd_stretches_ = 0;
  std::array<Stretch, most_stretches + 1> odd_{};
};

}  // namespace oddity::plugins::novelty
