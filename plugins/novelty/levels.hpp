// Where a series has been over hours: robust levels of its latest values, and those of thousands of rows before.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "novelty/nearest.hpp"
#include "novelty/past.hpp"

namespace oddity::plugins::novelty {

/// The latest values in order, the next one taking the place of the oldest.
template <std::size_t size>
class SortedValues {
 public:
  void replace(float oldest, float next) noexcept {
    auto from = std::lower_bound(sorted_.begin(), sorted_.end(), oldest);
    const auto to = std::lower_bound(sorted_.begin(), sorted_.end(), next);
    if (to > from) {
      std::copy(from + 1, to, from);
      *(to - 1) = next;
    } else {
      std::copy_backward(to, from, from + 1);
      *to = next;
    }
  }
  /// That many are below, at a part of the way to the next one.
  float at(std::size_t below, float part = 0) const noexcept {
    return sorted_[below] + part * (sorted_[below + 1] - sorted_[below]);
  }

 private:
  std::array<float, size> sorted_{};
};

/// The median of 48 values, and the quantiles of 10 % and 90 % of 24: an odd value in between moves none of them. Values
/// before the first are 0. They follow from the values of the past, so that they are no part of a saved state.
///
/// 1. Levels levels;
/// 2. level_with() the value of a row, and the nearest() level before it; then add() the value, before the past does;
/// 3. renew() after the past has been restored.
class Levels {
 public:
  /// How far they reach back: ten days of a value in five minutes.
  static constexpr std::size_t reach = 2880;

  Level level_with(const Past& past, float value) const noexcept {
    auto long_ones = long_;
    auto short_ones = short_;
    long_ones.replace(past.latest(longer), value);
    short_ones.replace(past.latest(shorter), value);
    return level(long_ones, short_ones);
  }
  LevelDistances nearest_to(const Level& level) const noexcept {
    const auto rows = [&](const Column& column) {
      return std::span(column).subspan(begin(), end_ - begin());
    };
    return nearest_level({rows(median_), rows(low_), rows(high_)}, level);
  }

  void add(const Past& past, float value) noexcept {
    long_.replace(past.latest(longer), value);
    short_.replace(past.latest(shorter), value);
    put(level(long_, short_));
  }

  void renew(const Past& past) noexcept {
    *this = {};
    const std::size_t rows = std::min(reach, past.rows());
    const auto value = [&](std::size_t back) { return back > past.reaches() ? 0 : past.latest(back); };
    // What is filled with 0 gives its zeros back first.
    const auto taken_out = [&](std::size_t back, std::size_t size) {
      return back + size > rows + longer ? 0 : value(back + size);
    };
    for (std::size_t back = rows + longer; back > 0; --back) {
      long_.replace(taken_out(back, longer), value(back));
      short_.replace(taken_out(back, shorter), value(back));
      if (back <= rows) put(level(long_, short_));
    }
  }

 private:
  static constexpr std::size_t longer = 48;
  static constexpr std::size_t shorter = 24;
  static constexpr std::size_t capacity = reach + 128;
  using Column = std::array<float, capacity>;

  static Level level(const SortedValues<longer>& all, const SortedValues<shorter>& latest) noexcept {
    return {(all.at(23) + all.at(24)) / 2, latest.at(2, 0.3F), latest.at(20, 0.7F)};
  }

  std::size_t begin() const noexcept { return end_ > reach ? end_ - reach : 0; }

  void put(const Level& level) noexcept {
    if (end_ == capacity) {
      for (Column* column : {&median_, &low_, &high_})
        std::copy(column->end() - reach, column->end(), column->begin());
      end_ = reach;
    }
    median_[end_] = level.median;
    low_[end_] = level.low;
    high_[end_] = level.high;
    ++end_;
  }

  std::size_t end_ = 0;
  SortedValues<longer> long_;
  SortedValues<shorter> short_;
  Column median_{};
  Column low_{};
  Column high_{};
};

}  // namespace oddity::plugins::novelty
