// Reads CSV (RFC 4180) with a header line: one column is the time, some are tags, the chosen ones fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "replay/row.hpp"

namespace oddity::replay {

struct CsvColumns {
  std::string time;               ///< empty: the one named time or timestamp
  std::vector<std::string> tags;
};

/// Splits a record into fields; a quoted field may hold commas, doubled quotes and newlines. False: the quotes are not
/// closed, so the record goes on in the next line.
bool split_csv(std::string_view record, std::vector<std::string>& fields);

/// 1. CsvParser(fields, columns, precision); 2. header(line), which throws oddity::Error when a column is not there;
/// 3. parse(record, row, complaint) for each further record.
class CsvParser {
 public:
  CsvParser(std::vector<std::string> fields, CsvColumns columns, Precision precision)
      : fields_(std::move(fields)), columns_(std::move(columns)), precision_(precision) {}

  /// `where`: the file, for the error's text.
  void header(const std::vector<std::string>& names, const std::string& where);
  /// False: cannot be read; `complaint` says why. `row` refers to `record`.
  bool parse(const std::vector<std::string>& record, Row& row, std::string& complaint) const;

 private:
  std::vector<std::string> fields_;
  CsvColumns columns_;
  Precision precision_;
  std::size_t width_ = 0;
  std::size_t time_at_ = 0;
  std::vector<std::pair<std::string, std::size_t>> tags_at_;
  std::vector<std::size_t> fields_at_;
};

}  // namespace oddity::replay
