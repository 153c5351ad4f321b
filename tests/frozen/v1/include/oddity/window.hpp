// A window of data as a detector sees it: a view, valid during one call.
//
// LIFE CYCLE
//   1. The host makes it for one call of evaluate or update, with mean, spread and order computed once.
//   2. The detector reads it, and copies what it wants to keep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "oddity/abi.h"
#include "oddity/moments.hpp"

namespace oddity {

/// One field of a window. All values are finite; there is at least one.
class Column {
 public:
  /// A view of what the host handed in; `rows` values.
  Column(const oddity_column& column, std::size_t rows) noexcept : column_(&column), rows_(rows) {}

  /// In order of arrival.
  std::span<const double> values() const noexcept { return {column_->values, rows_}; }
  /// Ascending; empty unless the description wants it.
  std::span<const double> sorted() const noexcept {
    return {column_->sorted, column_->sorted == nullptr ? 0 : rows_};
  }
  /// Rounded to a double, which is too little about a large offset: see moments().
  double mean() const noexcept { return column_->mean; }
  /// Of the deviations from the mean; may be infinite where the values are huge.
  double sum_of_squares() const noexcept { return column_->sum_of_squares; }
  /// The smallest value.
  double min() const noexcept { return column_->min; }
  /// The largest value.
  double max() const noexcept { return column_->max; }
  /// How much a row says about the next, in (−1, 1): the autocorrelation of the rows learned so far, at a lag
  /// of one. 0 where they are to count as independent: see effective_size().
  double autocorrelation() const noexcept {
    return ODDITY_HAS(oddity_column, column_, autocorrelation) ? column_->autocorrelation : 0;
  }
  /// All of these, with the digits of the mean that a double cannot hold. Computed once, by the host.
  Moments moments() const noexcept {
    const bool has_rest = ODDITY_HAS(oddity_column, column_, mean_rest);
    return {rows_, mean(), sum_of_squares(), min(), max(), has_rest ? column_->mean_rest : 0};
  }

 private:
  const oddity_column* column_;
  std::size_t rows_;
};

/// Columns of equal length with their times. Never empty. The host owns all of it.
class Window {
 public:
  /// A view of what the host handed in.
  explicit Window(const oddity_window& window) noexcept : window_(&window) {}

  /// How many values each column has; at least 1.
  std::size_t rows() const noexcept { return static_cast<std::size_t>(window_->rows); }
  /// How many of the last rows an update takes in: learning, those later than the last learned; not learning,
  /// those later than the last seen. Equal to rows() unless windows overlap; may be 0.
  std::size_t fresh() const noexcept { return static_cast<std::size_t>(window_->fresh); }
  /// How many fields there are: 1 unless the description says Fields::all.
  std::size_t columns() const noexcept { return window_->column_count; }
  /// The field at this place; `index` below columns().
  Column column(std::size_t index = 0) const noexcept { return {*window_->columns[index], rows()}; }
  /// The last fresh() values of a field: what an update takes in.
  std::span<const double> fresh_values(std::size_t index = 0) const noexcept {
    return column(index).values().last(fresh());
  }
  /// The rows' times, ns since 1970 UTC, in order of arrival.
  std::span<const std::int64_t> times() const noexcept { return {window_->times, rows()}; }
  /// The window's end, ns since 1970 UTC.
  std::int64_t end() const noexcept { return window_->end; }

 private:
  const oddity_window* window_;
};

}  // namespace oddity
