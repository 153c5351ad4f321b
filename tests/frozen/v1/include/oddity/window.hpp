// A window of data as a detector sees it: a view, valid during one call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "oddity/door.h"

namespace oddity {

/// One field of a window. All values are finite; there is at least one.
class Column {
 public:
  Column(const oddity_column& column, std::size_t rows) noexcept : column_(&column), rows_(rows) {}

  std::span<const double> values() const noexcept {
    return {column_->values, rows_};
  }                                                  ///< in order of arrival
  std::span<const double> sorted() const noexcept {  ///< ascending; empty unless the description wants it
    return {column_->sorted, column_->sorted == nullptr ? 0 : rows_};
  }
  double mean() const noexcept { return column_->mean; }
  double sum_of_squares() const noexcept {
    return column_->sum_of_squares;
  }  ///< about the mean; may be infinite
  double least() const noexcept { return column_->least; }
  double most() const noexcept { return column_->most; }

 private:
  const oddity_column* column_;
  std::size_t rows_;
};

/// Columns of equal length with their times. Never empty. The host owns all of it.
class Window {
 public:
  explicit Window(const oddity_window& window) noexcept : window_(&window) {}

  std::size_t rows() const noexcept { return static_cast<std::size_t>(window_->rows); }
  /// How many of the last rows an update takes in: learning, those later than the last learned; not learning,
  /// those later than the last seen. Equal to rows() unless windows overlap; may be 0.
  std::size_t fresh() const noexcept { return static_cast<std::size_t>(window_->fresh); }
  std::size_t columns() const noexcept { return window_->column_count; }
  Column column(std::size_t index = 0) const noexcept { return {*window_->columns[index], rows()}; }
  std::span<const double> fresh_values(std::size_t index = 0) const noexcept {
    return column(index).values().last(fresh());
  }
  std::span<const std::int64_t> times() const noexcept {
    return {window_->times, rows()};
  }                                                           ///< ns since 1970 UTC
  std::int64_t end() const noexcept { return window_->end; }  ///< ns since 1970 UTC

 private:
  const oddity_window* window_;
};

}  // namespace oddity
