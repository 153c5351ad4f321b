// The record of CSV that a file is full of: no quotes, a whole number for the time, plain numbers in the chosen columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "csv/csv_series.hpp"
#include "csv/csv_table.hpp"
#include "row/row.hpp"

namespace oddity::formats {

/// 1. UsualRecords(table, separator, unit) for a table that is_usual();
/// 2. read(line, series, row) for each line. Where it cannot, CsvParser reads the line.
///
/// Reads nothing otherwise than CsvParser does, and leaves alone every line with anything else in it: quotes, comments,
/// blanks, clocks, texts in place of numbers, another number of columns. An empty cell of a field is a missing value.
class UsualRecords {
 public:
  /// Whether each row has all fields, its cells mean what they hold, and each column means one thing. With another
  /// separator than a comma numbers may have decimal commas, which is told by the rows before: not usual.
  static bool is_usual(const CsvTable& table, char separator);

  /// `unit`: of times, in ns.
  UsualRecords(const CsvTable& table, char separator, std::int64_t unit);

  /// `series`: of the same table. False: not a usual record; `row` then holds no row.
  bool read(std::string_view line, CsvSeries& series, Row& row);

 private:
  enum class Use : std::uint8_t { none, time, field, measurement, tag };
  struct Column {
    Use use = Use::none;
    std::size_t place = 0;  ///< of the field, or of the text among those of the series
  };
  bool take_cell(const Column& column, std::string_view cell, Row& row);

  char separator_;
  std::int64_t unit_;
  std::size_t fields_;
  std::vector<Column> columns_;
  std::vector<std::string_view> texts_;  ///< of the series, in this record
};

/// Usual records alone, for lines that a CsvParser does not read, on another thread.
class UsualRecordReader {
 public:
  /// `numbers`: of series, that an earlier one of the file took.
  UsualRecordReader(const CsvTable& table, const UsualRecords& records, std::uint32_t numbers)
      : records_(records), series_(table, numbers) {}
  bool read_known(std::string_view line, Row& row) { return records_.read(line, series_, row); }
  std::uint32_t numbers() const noexcept { return series_.numbers(); }

 private:
  UsualRecords records_;
  CsvSeries series_;
};

}  // namespace oddity::formats
