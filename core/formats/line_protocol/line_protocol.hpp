// Reads a line of InfluxDB line protocol: measurement[,tag=value...] field=value[,field=value...] timestamp
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "line_protocol/other_names.hpp"
#include "line_protocol/usual_line.hpp"
#include "row/char_set.hpp"
#include "row/row.hpp"
#include "row/texts.hpp"

namespace oddity::formats {

/// Reads as the parser of InfluxDB and Kapacitor does (models/points.go), so that replay
/// sees what Kapacitor would see:
/// - a comma, blank or equals sign is escaped by a backslash just before it, which itself cannot be escaped;
///   before anything else a backslash stands for itself; in measurements and field names \" is an escape, too
/// - in string values \" and \\ are escapes, and newlines may stand there
/// - a tag's value is not empty, and no tag stands twice
/// - numbers are floats, 3i and 3u; NaN and infinity make the line unreadable
/// - strings and booleans (t, T, true, True, TRUE and their opposites) are missing values, and in
///   row.no_numbers; of a repeated field the last value counts
///
/// Unlike there, a line may end in CR LF, and the timestamp is required where no time of arrival is given: a
/// file does not tell when a line was written.
///
/// Of chosen fields, lines that look like those before them are read by UsualLines, to the same rows.
class LineParser {
 public:
  LineParser(std::vector<std::string> fields, Precision precision)
      : fields_(std::move(fields)), precision_(precision), usual_(std::in_place, fields_) {}
  /// Of every field that is a number, in the order of the line; others are passed over.
  struct EveryNumber {};
  LineParser(EveryNumber, Precision precision) : every_number_(true), precision_(precision) {}

  /// From now on times are of this unit, and a line without one came at `arrival`, ns since 1970 UTC.
  void set_times(Precision unit, std::int64_t arrival) noexcept {
    precision_ = unit;
    arrival_ = arrival;
  }

  /// `open`: a string value goes on in the next line; call again with both. Otherwise `diagnostic` says what
  /// was expected and found in a line that cannot be read. `row` refers to `line` and to the parser. Empty
  /// lines and comments are `nothing`.
  Parsed parse(std::string_view line, Row& row, std::string& diagnostic) {
    others_.begin_line();
    if (usual_ && usual_->read(line, static_cast<std::int64_t>(precision_), row, others_)) return Parsed::row;
    return parse_any(line, row, diagnostic);
  }
  /// The same as parse: here nothing is kept of the shorter text.
  Parsed extend(std::string_view longer, Row& row, std::string& diagnostic) {
    return parse(longer, row, diagnostic);
  }
  static bool is_row(std::string_view line) noexcept;

  /// One of the same options for lines that this one does not read, on another thread.
  LineParser beside() const { return {fields_, precision_}; }
  /// Reads a line of a series that it knows: false where it does not, or cannot.
  bool read_known(std::string_view line, Row& row) {
    return parse(line, row, ignored_) == Parsed::row && row.known != nullptr;
  }

  /// Of the first lines: names of fields that were not chosen.
  const std::vector<std::string>& other_fields() const noexcept { return others_.names(); }

 private:
  Parsed parse_any(std::string_view line, Row& row, std::string& diagnostic);
  bool take_tags(std::string_view& rest, Row& row, std::string& diagnostic);
  Parsed take_fields(std::string_view& rest, Row& row, std::string& diagnostic);
  Parsed take_value(std::string_view& rest, double& value, std::string& diagnostic) const;
  bool parse_timestamp(std::string_view text, Row& row, std::string& diagnostic) const;
  std::string_view take_name(std::string_view& rest, const CharSet& stops, const CharSet& escapable);
  void put(std::string_view key, double value, std::string_view text, Row& row);

  std::vector<std::string> fields_;
  bool every_number_ = false;
  Precision precision_;
  std::optional<std::int64_t> arrival_;
  Texts unescaped_;
  std::string ignored_;
  OtherNames others_;
  std::optional<UsualLines> usual_;  ///< none: every number is read
};

}  // namespace oddity::formats
