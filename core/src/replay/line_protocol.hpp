// Reads a line of InfluxDB line protocol: measurement[,tag=value...] field=value[,field=value...] timestamp
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "replay/row.hpp"

namespace oddity::replay {

/// Backslash escapes of comma, equals sign and blank are resolved; a backslash before anything else stands for itself. In string
/// values \" and \\ are escapes. Numbers may be floats, 3i, 3u; t, T, true, True, TRUE and their opposites are booleans, which
/// like strings are missing values. The timestamp is required: without one a line belongs to the time it is written at, which
/// for a file is unknown.
class LineParser {
 public:
  LineParser(std::vector<std::string> fields, Precision precision) : fields_(std::move(fields)), precision_(precision) {}

  /// False: the line cannot be read; `complaint` says what was expected and found. `row` refers to `line` and to the parser.
  /// Empty lines and comments are no rows: see is_row.
  bool parse(std::string_view line, Row& row, std::string& complaint);
  static bool is_row(std::string_view line) noexcept;

 private:
  bool parse_fields(std::string_view& rest, Row& row, std::string& complaint);
  bool parse_value(std::string_view& rest, double& value, std::string& complaint);
  bool parse_timestamp(std::string_view text, Row& row, std::string& complaint) const;
  std::string_view unescaped(std::string_view text);

  std::vector<std::string> fields_;
  Precision precision_;
  std::deque<std::string> unescaped_;  ///< a deque: what is handed out must not move
  std::size_t unescaped_used_ = 0;
};

}  // namespace oddity::replay
