// Reads a labelled series: its rows as they stand in the file, and its labels as row numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/data_set.hpp"
#include "evaluate/labelled_series.hpp"
#include "row/row.hpp"

namespace oddity::evaluate {

/// What became of something that is not as it should be: how often, and where first. Empty: never.
struct Remark {
  std::uint64_t count = 0;
  std::string first;  ///< place, and what is wrong

  template <class Place>
  void note(const Place& place) {
    if (count++ == 0) first = place();
  }
};

struct ReadSeries {
  LabelledSeries series;
  Remark unreadable;     ///< lines; each stays a row without a value, or labels would be of other rows
  Remark no_numbers;     ///< values that are something else: missing
  Remark backwards;      ///< rows whose time is before that of a row above: they get its time
  Remark notes;          ///< of how the file is read
  std::string doubtful;  ///< a question about times that can hardly be meant; empty: there is none
  std::vector<std::string> wrong_labels;  ///< sentences: labels beyond the rows
};

struct SeriesReading {
  std::vector<std::string> fields{"value"};
  formats::Precision precision = formats::Precision::s;  ///< of times that are whole numbers
};

/// Throws oddity::Error where the file cannot be read, or lacks a column.
ReadSeries read_series(const SeriesFile& file, const SeriesReading& reading);

}  // namespace oddity::evaluate
