// What the columns of a CSV table mean: found by its header, and by InfluxDB's annotations where it has some.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace oddity::formats {

struct CsvColumns {
  std::string time;  ///< empty: the one named time or the like, see CsvTable
  std::vector<std::string> tags;
  std::string clock;  ///< the one of the time of day, where `time` is that of the date alone; empty: none
};

/// What a reader wants of a CSV file.
struct CsvChoice {
  std::vector<std::string> fields;
  CsvColumns columns;
  std::vector<std::string> group_by;  ///< columns of these names are tags, too
};

/// The lines #datatype, #group and #default of a table as InfluxDB writes it; one that is absent is empty.
struct CsvAnnotations {
  std::vector<std::string> types;
  std::vector<std::string> groups;
  std::vector<std::string> defaults;
  bool any() const noexcept { return !types.empty() || !groups.empty() || !defaults.empty(); }
};

/// The columns by their place, from 0.
///
/// The time is the column that was named, else `time`, `timestamp`, `_time`, `datetime`, `date` or `ts` in
/// any case, else the first one when it has no name (the index of pandas). With InfluxDB's `_field` and
/// `_value` a row holds one field, of the measurement in `_measurement`; its tags are the other columns of
/// the group key, as #group says, or those whose names do not begin with "_".
struct CsvTable {
  std::vector<std::string> names;
  std::vector<std::string> defaults;  ///< empty, or one a column: what an empty cell stands for
  std::size_t time = 0;
  std::optional<std::size_t> clock;  ///< the time of day, where the time has the date alone
  std::optional<std::size_t> date;   ///< `date` beside `time`, which may be a time of day: the rows tell
  std::vector<std::optional<std::size_t>> fields;  ///< one a chosen field; none where a row holds one field
  std::optional<std::size_t> field_name;           ///< _field
  std::size_t field_value = 0;                     ///< _value, where there is a field_name
  std::optional<std::size_t> measurement;
  std::vector<std::pair<std::string, std::size_t>> tags;
  bool unnamed_time = false;
  bool time_is_ns = false;              ///< by its type, whatever the precision
  std::vector<Diagnostic> diagnostics;  ///< columns that are not there; where: empty

  bool has_time() const noexcept { return time < names.size(); }
};

/// `tables`: whether this is an InfluxDB export, whose tables need not all have the fields.
CsvTable csv_table(std::vector<std::string> names, const CsvAnnotations& annotations, const CsvChoice& choice,
                   char separator);

/// The column of the time, or names.size().
std::size_t time_column(const std::vector<std::string>& names, const std::string& named);
/// Whether a column of this name is taken for the time where none is named.
bool is_time_name(const std::string& name);

}  // namespace oddity::formats
