// Numbers of a file whose separator is no comma: their decimal mark may be a comma or a point.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/thousands.hpp"

namespace oddity::formats {

/// 1. DecimalMarks(fields, note) for each file; `note` is called with what the user should know;
/// 2. number(text, field) for each cell, which notes once that there are both marks;
/// 3. finish(), which notes where a mark is likely to separate thousands.
class DecimalMarks {
 public:
  /// `fields`: the names of the columns with numbers.
  DecimalMarks(std::vector<std::string> fields, std::function<void(const std::string&)> note)
      : fields_(std::move(fields)), note_(std::move(note)), thousands_(fields_.size()) {}

  /// NaN: not a number. A file whose numbers have both commas and points is read as having decimals in both, with a
  /// note: one of the two may separate thousands.
  double number(std::string_view text, std::size_t field);

  void finish() const;

 private:
  void note_where_both_are(std::string_view text, bool has_comma);

  const std::vector<std::string> fields_;
  const std::function<void(const std::string&)> note_;
  std::string first_comma_;  ///< a number with a decimal comma
  std::string first_point_;
  bool both_noted_ = false;
  std::vector<Thousands> thousands_;  ///< of each field
};

}  // namespace oddity::formats
