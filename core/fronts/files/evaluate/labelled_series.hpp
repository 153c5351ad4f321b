// A series of which somebody said where it is odd, and what a detector says of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oddity::evaluate {

/// Rows [begin, end), from 0, that the labels call odd.
struct Event {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< above begin, at most the number of rows
};

struct LabelledSeries {
  std::string name;
  std::vector<std::int64_t> times;           ///< ns since 1970 UTC, one a row, never less than the one before
  std::int64_t step = 0;                     ///< ns, the usual one between rows
  std::vector<std::vector<double>> columns;  ///< one a field, each as long as `times`; NaN: missing
  std::vector<Event> events;                 ///< ascending by begin
  std::optional<std::size_t> train;          ///< rows at the front that are for learning only

  std::size_t rows() const noexcept { return times.size(); }
};

/// What a detector says of a window, which is rows [first, last] of its series.
struct JudgedWindow {
  std::size_t first = 0;
  std::size_t last = 0;
  double score = 0;  ///< NaN: it says nothing
};

/// The median of the steps of time above 0, ns; 0: there is none.
std::int64_t usual_step(std::span<const std::int64_t> times);

}  // namespace oddity::evaluate
