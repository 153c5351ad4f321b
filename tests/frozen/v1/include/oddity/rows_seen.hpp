// Which rows of a window are news: for detectors whose running sums move on with every row, learned or not.
//
// LIFE CYCLE
//   1. RowsSeen seen                      nothing yet.
//   2. seen.restore(reader)               at most once, before the first window.
//   3. seen.each_new(window, take)        in evaluate, and in update; then, in update, seen.add(window).
//   4. seen.snapshot(writer)              between windows.
//
// WHY. Window::fresh() counts the rows later than the last *learned* one where windows are learned. Windows
// that overlap show a row again that was seen, counted, and not learned: a baseline takes it then, a running
// sum has it already.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "oddity/state.hpp"
#include "oddity/window.hpp"

namespace oddity {

/// The time of the latest row that came.
class RowsSeen {
 public:
  /// Calls take(value) for each fresh row of a field that is later than all that were seen, in order of
  /// arrival. A window that ends before the last one did is a new start of time: all its fresh rows are news.
  /// One of a single row that ends when the last one did is another row of the same time, and news as well.
  template <class Take>
  void each_new(const Window& window, Take take, std::size_t column = 0) const {
    if (window.rows() == 1 && window.end() == end_) return take(window.column(column).values()[0]);
    const auto values = window.fresh_values(column);
    const auto times = window.times().last(values.size());
    const bool starts_anew = window.end() < end_;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (starts_anew || times[i] > latest_) take(values[i]);
  }

  /// The window has been seen, whole.
  void add(const Window& window) noexcept {
    if (window.end() < end_) latest_ = never;
    end_ = window.end();
    for (const std::int64_t time : window.times()) latest_ = std::max(latest_, time);
    latest_ = std::min(latest_, end_);
  }

  /// Writes the two times.
  void snapshot(StateWriter& out) const {
    out.write(latest_);
    out.write(end_);
  }
  /// Takes over what snapshot wrote. Throws StateError.
  void restore(StateReader& in) {
    latest_ = in.read<std::int64_t>();
    end_ = in.read<std::int64_t>();
    if (latest_ > end_) throw StateError("a row in the state is later than the end of its window");
  }

 private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();
  std::int64_t latest_ = never;
  /// Of the last window.
  std::int64_t end_ = never;
};

}  // namespace oddity
