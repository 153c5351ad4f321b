// The main job without Kapacitor: rows of files, in any order, into windows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "csv/csv_table.hpp"
#include "csv/unused_texts.hpp"
#include "line_protocol/other_names.hpp"
#include "replay/doubtful_times.hpp"
#include "replay/line_source.hpp"
#include "replay/lone_clocks.hpp"
#include "replay/named_few.hpp"
#include "replay/pieces.hpp"
#include "replay/repeated_times.hpp"
#include "replay/row_order.hpp"
#include "replay/series_table.hpp"
#include "row/row.hpp"
#include "row/time_reader.hpp"
#include "window/time_windows.hpp"

namespace oddity::replay {

enum class Format : std::uint8_t { line_protocol, csv };

struct Reading {
  std::optional<Format> format;  ///< none: by each file's name
  formats::Precision precision = formats::Precision::ns;
  std::string timezone;     ///< of clocks without a zone; empty: UTC
  std::string time_format;  ///< of the times of CSV, for a formats::TimeFormat; empty: the usual forms
  formats::CsvColumns csv;
  std::string measurement;  ///< only rows of this one, empty: all; of CSV that has none: the rows' name
  std::vector<std::string> group_by;            ///< tag names; "*": all tags of each point; "_measurement"
  std::size_t memory = std::size_t{512} << 20;  ///< bytes that rows may take before they go to disk
  // What is read depends on none of these.
  std::size_t threads = 1;  ///< that parse at once
  std::size_t block_bytes =
      LineSource::usual_block;  ///< that are read at once; each thread parses four of them
  /// Read one by one before each stretch of blocks, at least one: a parser looks at more in the first lines of a file, and where a
  /// block came upon a line that is not read by itself, more of them are likely to follow.
  std::uint64_t lines_alone = formats::OtherNames::lines_looked_at;
};

/// CSV for names that end in .csv, .csv.gz or .csv.zst, else line protocol.
Format format_by_name(const std::string& path);

/// Called while reading, every few thousand lines.
using Progress = std::function<void(const LineSource&)>;

struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t without_number = 0;      ///< of those, in any of the chosen fields
  std::uint64_t unreadable = 0;          ///< lines
  std::uint64_t no_numbers = 0;          ///< values that are something else
  std::uint64_t other_measurements = 0;  ///< rows that were not asked for
  std::uint64_t other_fields = 0;        ///< the same, of InfluxDB's CSV, which has a row for each field
  std::vector<std::uint64_t> numbers;    ///< one a field: rows that have a number in it
};

/// Reads files, then hands their rows to windows in order of time: those of the same time in the order of the
/// files, and of the lines in them.
/// 1. read() for each file;
/// 2. judge(), once;
/// 3. remarks().
///
/// Lines that cannot be read are counted, and the first few named on `tell` as file:line: they do not end the
/// run; the same with values that are not numbers. A text in quotes that does not end within
/// LineSource::longest_joined takes the lines up to there with it. Nothing is allocated for a row once the
/// buffers have their size.
class Replay {
 public:
  using Tell = std::function<void(const std::string&)>;
  /// Takes one row, and makes windows of them as it likes.
  using Sink =
      std::function<void(const window::GroupIdentity&, std::int64_t time, std::span<const double> values)>;
  /// Throws oddity::Error when there is no such time zone or format.
  Replay(Reading reading, std::vector<std::string> fields, Tell tell);

  /// Throws oddity::Error when the file cannot be opened, or a CSV lacks a column; BrokenInput
  /// when it cannot be read to its end.
  void read(const std::string& path, const Progress& progress);
  void judge(const Sink& sink);

  const Counts& counts() const noexcept { return counts_; }
  std::size_t groups() const noexcept { return series_.groups(); }
  /// What the user should know about the input, one sentence each: names that no row had, series that were
  /// judged as one, clocks that are wrong. After judge().
  std::vector<std::string> remarks() const;
  /// The same, a sentence or none, about rows that have the time of another of their file and group: for windows, as where each row is judged by
  /// itself it is told what became of them.
  std::vector<std::string> repeated_times() const;

 private:
  template <class Parser>
  void read_with(Parser& parser, LineSource& source, const Progress& progress);
  template <class Parser>
  void read_line(Parser& parser, LineSource& source, std::string_view line);
  template <class Parser, class Besides>
  std::uint64_t read_block(Parser& parser, Besides& besides, LineSource& source);
  template <class Parser>
  bool add_piece(Parser& parser, std::size_t number, const Piece& piece, std::size_t& bytes);
  void add(formats::Row& row, std::size_t parser = 0);
  void look_at_format(std::string_view line);
  void tell_unreadable(std::uint64_t lines, bool open, const std::string& diagnostic);
  std::uint64_t rows_left_out() const noexcept;
  void note_lone(const LoneClocks& clocks);
  void note_lacking(const LoneClocks& clocks);
  void note_other_measurement(std::string_view name);
  std::string place() const;
  std::string place(Place place) const;
  void remark_names(std::vector<std::string>& remarks) const;
  void remark_times(std::vector<std::string>& remarks) const;

  const Reading reading_;
  const std::vector<std::string> fields_;
  Tell tell_;
  Counts counts_;
  formats::TimeReader times_;
  SeriesTable series_;
  formats::UnusedTexts texts_;
  RepeatedTimes repeated_;
  RowOrder order_;
  NamedFew unreadable_;
  NamedFew no_numbers_;
  std::vector<std::string> files_;
  std::uint64_t line_ = 0;  ///< of the last file, that is read now
  Pieces pieces_;
  formats::Row row_;
  std::string diagnostic_;
  std::vector<std::string> other_measurements_;  ///< some of their names
  std::vector<std::string> other_fields_;        ///< some of their names
  std::vector<std::string> lone_clocks_;         ///< sentences
  std::vector<std::string> lacking_;             ///< sentences
  std::vector<std::string> empty_;               ///< files without a row
  bool format_looked_at_ = false;                ///< of the last file
  bool has_csv_ = false;
  DoubtfulTimes doubtful_;
};

}  // namespace oddity::replay
