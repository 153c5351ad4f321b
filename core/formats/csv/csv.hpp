// Reads CSV with header lines: one column is the time, some are tags, and the chosen ones are fields.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/csv_record.hpp"
#include "csv/csv_series.hpp"
#include "csv/csv_table.hpp"
#include "csv/decimal_marks.hpp"
#include "csv/unused_texts.hpp"
#include "csv/usual_record.hpp"
#include "row/row.hpp"
#include "row/time_reader.hpp"

namespace oddity::formats {

/// 1. CsvParser(chosen, times, where, note) for each file; watch(texts) where series may be told apart by columns
///    that were not chosen;
/// 2. parse(line, row, diagnostic) for each line, and extend(longer, ...) while that is `open`;
/// 3. finish(), which notes what only all numbers together tell.
///
/// The first line that is not a comment is the header, or "sep=;" before it. The separator is the header's
/// likeliest; where it is not a comma, numbers may have a decimal comma. Lines that begin with # are
/// comments (unless they are a header or a row: numpy's header is "# time,x"), and InfluxDB's annotations:
/// those and empty lines may begin another table, with a header and columns of its own. So may another header, as in
/// joined files, and a "sep=;" before it: a line whose time cannot be read and that names the time's column or a chosen field.
///
/// Blanks around names, times and numbers do not count. An empty tag is no tag. A field that is not a number
/// is missing, and listed in row.no_numbers unless its text itself means a missing value (means_missing).
class CsvParser {
 public:
  /// `times`: outlives the parser. `where`: file and line of what is parsed, for errors. `note`: called with
  /// what the user should know about the file, without its place.
  CsvParser(CsvChoice choice, TimeReader& times, std::function<std::string()> where,
            std::function<void(const std::string&)> note)
      : choice_(std::move(choice)),
        times_(times),
        where_(std::move(where)),
        note_(std::move(note)),
        decimal_marks_(choice_.fields, note_) {}

  /// Has `texts`, which outlives the parser, give each row its `texts`; not in InfluxDB's tables, whose group
  /// keys say what a series is.
  void watch(UnusedTexts& texts) noexcept { texts_ = &texts; }

  /// `unreadable`: `diagnostic` says why. `row` refers to the line and to the parser. Throws oddity::Error
  /// when the first header lacks a column.
  Parsed parse(std::string_view line, Row& row, std::string& diagnostic) {
    if (usual_ && !watches_texts() && usual_->read(line, *series_, row)) return Parsed::row;
    return parse_any(line, row, diagnostic);
  }
  /// `longer`: the line that was `open`, a newline, and the next line.
  Parsed extend(std::string_view longer, Row& row, std::string& diagnostic);

  void finish() const { decimal_marks_.finish(); }

  /// Another number after each line that changes what the next ones mean: headers, and what announces one.
  std::uint64_t tables() const noexcept { return tables_; }
  /// One for this table's rows that this parser does not read, on another thread. std::nullopt: its rows depend on
  /// those before them. `numbers`: of series, that an earlier one of the file took.
  std::optional<UsualRecordReader> beside(std::uint32_t numbers) const {
    if (!usual_ || watches_texts()) return std::nullopt;
    return std::optional<UsualRecordReader>(std::in_place, *table_, *usual_, numbers);
  }

  /// The columns of the last table; none before the first one.
  std::vector<std::string> names() const { return table_ ? table_->names : std::vector<std::string>(); }
  /// Rows of fields that were not chosen, in InfluxDB's exports: skipped, and not an error.
  std::uint64_t other_fields() const noexcept { return other_fields_; }

 private:
  Parsed parse_any(std::string_view line, Row& row, std::string& diagnostic);
  bool watches_texts() const noexcept { return texts_watched_ && texts_->watches(); }
  Parsed take(Parsed split, Row& row, std::string& diagnostic);
  Parsed take_comment(std::string_view line, Row& row, std::string& diagnostic);
  bool take_separator(std::string_view line);
  bool is_row(std::string_view line);
  bool is_header_in_comment(std::string_view text);
  bool is_header() const;
  bool is_failure() const;
  Parsed header();
  Parsed row_of(Row& row, std::string& diagnostic);
  bool read_time(Row& row, std::string& diagnostic);
  bool read_date_and_clock(std::size_t date, std::size_t clock, std::int64_t& time, std::string& diagnostic);
  bool has_readable_time();
  void begin_usual();
  void note_other_times() const;
  void begin_texts();
  void take_tags(Row& row) const;
  void set_series(Row& row);
  void take_value(std::size_t field, std::size_t column, Row& row);
  std::string_view cell(std::size_t column) const;

  const CsvChoice choice_;
  TimeReader& times_;
  const std::function<std::string()> where_;
  const std::function<void(const std::string&)> note_;
  UnusedTexts* texts_ = nullptr;  ///< none: nobody watches
  bool texts_watched_ = false;    ///< in this table
  CsvRecord record_;
  CsvAnnotations annotations_;
  std::optional<CsvTable> table_;
  bool separator_known_ = false;
  bool header_is_due_ = true;          ///< after annotations or, among InfluxDB's tables, an empty line
  bool annotating_ = false;            ///< annotations were read, and not yet their header
  bool influx_ = false;                ///< annotations were read
  std::optional<CsvSeries> series_;    ///< of this table
  std::optional<UsualRecords> usual_;  ///< none: this table's rows are not usual ones
  std::vector<std::string_view> texts_of_series_;
  std::uint64_t tables_ = 0;
  std::uint64_t other_fields_ = 0;
  DecimalMarks decimal_marks_;
};

}  // namespace oddity::formats
