// Splits records of CSV (RFC 4180) into fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "row/row.hpp"
#include "row/texts.hpp"

namespace oddity::formats {

/// The fields of one record.
///
/// A field that begins with a quote ends at its closing quote and may hold separators, newlines and, doubled,
/// quotes; after it comes a separator or the end. A quote inside a field that does not begin with one is an
/// ordinary character (5" pipe).
class CsvRecord {
 public:
  explicit CsvRecord(char separator = ',') noexcept : separator_(separator) {}
  void set_separator(char separator) noexcept { separator_ = separator; }
  char separator() const noexcept { return separator_; }

  /// Splits `text`. `open`: call extend with the same text and the next line; what was split before is kept.
  Parsed split(std::string_view text);
  /// `longer`: the text that was split before, a newline, and another line.
  Parsed extend(std::string_view longer);

  std::size_t size() const noexcept { return fields_.size(); }
  /// A view into the text, valid as long as that.
  std::string_view operator[](std::size_t field) const noexcept;
  bool blank() const noexcept;

 private:
  struct Field {
    std::size_t begin = 0;
    std::size_t end = 0;
    const std::string* rewritten = nullptr;  ///< the doubled quotes made single
  };
  Parsed split_on();
  bool take_quoted();
  void take_plain();

  char separator_;
  std::string_view text_;
  std::vector<Field> fields_;
  Texts texts_;
  // Where extend() goes on.
  std::size_t at_ = 0;
  std::size_t begin_ = 0;  ///< of the open quoted field
  bool quoted_ = false;
  bool doubled_ = false;  ///< the open field holds doubled quotes
};

/// The separator that stands most often in a header, outside of quotes: a comma, semicolon, tab or bar; a
/// comma where there is none.
char likely_separator(std::string_view header) noexcept;

}  // namespace oddity::formats
