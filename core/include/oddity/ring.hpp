// A queue in one piece of memory: what comes last stands behind what came before, and the oldest leave.
//
// LIFE CYCLE
//   1. Ring<T> ring                            holds nothing, and no memory.
//   2. ring.push_back(value, most), pop_front  in any order; ring[0] is the oldest.
//   3. ring.clear()                            gives the memory back.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace oddity {

/// Values in order of arrival. Memory grows by a quarter, so hardly more of it is held than is used.
template <class T>
class Ring {
 public:
  /// Whether it holds nothing.
  bool empty() const noexcept { return size_ == 0; }
  /// How many values it holds.
  std::size_t size() const noexcept { return size_; }

  /// The oldest has index 0; `index` below size().
  T& operator[](std::size_t index) noexcept { return values_[place(index)]; }
  /// The same, to be read only.
  const T& operator[](std::size_t index) const noexcept { return values_[place(index)]; }
  /// The newest, of at least one.
  T& back() noexcept { return values_[place(size_ - 1)]; }
  /// The same, to be read only.
  const T& back() const noexcept { return values_[place(size_ - 1)]; }

  /// Some values behind each other, in two parts where they wrap around in memory.
  struct Parts {
    std::span<const T> first;
    std::span<const T> second;
  };
  /// `from` + `count` at most size().
  Parts part(std::size_t from, std::size_t count) const noexcept {
    if (count == 0) return {};
    const std::span<const T> all(values_);
    const std::size_t start = place(from);
    const std::size_t before_wrap = std::min(count, all.size() - start);
    return {all.subspan(start, before_wrap), all.first(count - before_wrap)};
  }

  /// `most`: how many there will ever be, at least size() + 1; memory does not grow beyond that.
  void push_back(const T& value, std::size_t most = std::numeric_limits<std::size_t>::max()) {
    if (size_ == values_.size()) grow(std::min(most, size_ + size_ / 4 + 4));
    ++size_;
    back() = value;
  }
  /// The `count` oldest leave; at most size().
  void pop_front(std::size_t count = 1) noexcept {
    oldest_ = place(count);
    size_ -= count;
  }
  /// All leave, and the memory is given back.
  void clear() noexcept { *this = Ring(); }

  /// Bytes of memory held beside the object itself.
  std::size_t footprint() const noexcept { return values_.capacity() * sizeof(T); }

 private:
  std::size_t place(std::size_t index) const noexcept {
    const std::size_t at = oldest_ + index;
    return at < values_.size() ? at : at - values_.size();
  }
  void grow(std::size_t size) {
    std::vector<T> larger(size);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = (*this)[i];
    values_ = std::move(larger);
    oldest_ = 0;
  }

  std::vector<T> values_;
  std::size_t oldest_ = 0;
  std::size_t size_ = 0;
};

}  // namespace oddity
