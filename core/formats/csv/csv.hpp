// Reads CSV (RFC 4180) with a header line: one column is the time, some are tags, the chosen ones fields.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "row/row.hpp"
#include "row/texts.hpp"

namespace oddity::replay {

/// The fields of one record.
///
/// A field that begins with a quote ends at its closing quote and may hold commas, newlines and, doubled,
/// quotes; after it comes a comma or the end. A quote inside a field that does not begin with one is a letter
/// (5" pipe).
class CsvRecord {
 public:
  /// Splits `text`. `open`: call extend with the same text and the next line; what was split is not split
  /// again.
  Parsed split(std::string_view text);
  /// `longer`: the text that was split before, a newline, and another line.
  Parsed extend(std::string_view longer);

  std::size_t size() const noexcept { return fields_.size(); }
  /// A view into the text, valid as long as that.
  std::string_view operator[](std::size_t field) const noexcept;
  bool blank() const noexcept { return fields_.size() == 1 && (*this)[0].empty(); }

 private:
  struct Field {
    std::size_t begin = 0;
    std::size_t end = 0;
    const std::string* rewritten = nullptr;  ///< the doubled quotes made single
  };
  Parsed split_on();
  bool take_quoted();
  void take_plain();

  std::string_view text_;
  std::vector<Field> fields_;
  Texts texts_;
  // Where extend() goes on.
  std::size_t at_ = 0;
  std::size_t begin_ = 0;  ///< of the open quoted field
  bool quoted_ = false;
  bool doubled_ = false;  ///< the open field holds doubled quotes
};

struct CsvColumns {
  std::string time;  ///< empty: the one named time or timestamp
  std::vector<std::string> tags;
};

/// 1. CsvParser(fields, columns, precision); 2. header(record, where), which throws oddity::Error when a
/// column is not there;
/// 3. parse(record, row, complaint) for each further record.
///
/// Times are whole numbers of the precision's unit, or as parse_time reads them. Blanks around names, times
/// and numbers do not count. An empty tag is no tag; a field that is no number is missing.
class CsvParser {
 public:
  CsvParser(std::vector<std::string> fields, CsvColumns columns, Precision precision)
      : fields_(std::move(fields)), columns_(std::move(columns)), precision_(precision) {}

  /// `where`: file and line, for the error's text.
  void header(const CsvRecord& names, const std::string& where);
  /// False: cannot be read; `complaint` says why. `row` refers to the record's text.
  bool parse(const CsvRecord& record, Row& row, std::string& complaint) const;

 private:
  bool parse_when(std::string_view text, std::int64_t& time, std::string& complaint) const;

  std::vector<std::string> fields_;
  CsvColumns columns_;
  Precision precision_;
  std::size_t width_ = 0;
  std::size_t time_at_ = 0;
  std::vector<std::size_t> tags_at_;    ///< one for each of columns_.tags
  std::vector<std::size_t> fields_at_;  ///< one for each of fields_
};

}  // namespace oddity::replay
