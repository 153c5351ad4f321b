// The main job without Kapacitor: rows of files into windows.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "csv/csv.hpp"
#include "replay/line_source.hpp"
#include "row/row.hpp"
#include "window/time_windows.hpp"

namespace oddity::replay {

enum class Format : std::uint8_t { line_protocol, csv };

struct Reading {
  std::optional<Format> format;  ///< none: by each file's name
  Precision precision = Precision::ns;
  CsvColumns csv;
  std::string measurement;  ///< only rows of this one, empty: all; for CSV, which has none, the rows' name
  std::vector<std::string> group_by;  ///< tag names; "*": all tags of each point
};

/// CSV for names that end in .csv or .csv.gz, else line protocol.
Format format_by_name(const std::string& path);

/// Told while reading, every few thousand lines.
using Progress = std::function<void(const LineSource&)>;

struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t unreadable = 0;
  std::vector<std::uint64_t> numbers;  ///< one a field: rows that have a number in it
};

/// Reads files one after the other into the same windows.
///
/// Lines that cannot be read are counted, and the first few named on `tell` as file:line: they do not end the
/// run. A text in quotes that does not end within LineSource::longest_joined is such a line, and reading goes
/// on behind that line. Nothing is allocated for a row once the buffers have their size.
class Replay {
 public:
  using Tell = std::function<void(const std::string&)>;
  Replay(Reading reading, std::vector<std::string> fields, window::TimeWindows& windows, Tell tell);

  /// Throws oddity::Error when the file cannot be opened, or a CSV has not the columns.
  void read(const std::string& path, const Progress& progress);
  const Counts& counts() const noexcept { return counts_; }

 private:
  void read_lines(LineSource& source, const Progress& progress);
  void read_csv(LineSource& source, const Progress& progress);
  bool read_header(CsvParser& parser, LineSource& source);
  void add(const Row& row);
  void set_group(const Row& row);
  void complain(const LineSource& source, const std::string& what);

  const Reading reading_;
  const std::vector<std::string> fields_;
  window::TimeWindows& windows_;
  Tell tell_;
  Counts counts_;
  std::vector<std::string> group_by_;  ///< sorted, each once
  bool all_tags_ = false;
  std::vector<std::pair<std::string_view, std::string_view>> sorted_tags_;
  window::Tags group_tags_;
  std::string group_key_;
};

}  // namespace oddity::replay
