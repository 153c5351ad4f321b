// Decodes a point straight from its bytes into columns: only its time and the
// chosen fields, nothing allocated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wire/field_reader.hpp"

namespace oddity::wire {

/// The names of the fields to pick, in the order of their columns.
class FieldSelection {
 public:
  explicit FieldSelection(std::vector<std::string> names) : names_(std::move(names)) {}

  std::size_t size() const noexcept { return names_.size(); }
  const std::string& name(std::size_t column) const noexcept { return names_[column]; }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t find(std::string_view name) const noexcept {
    for (std::size_t column = 0; column < names_.size(); ++column) {
      if (names_[column] == name) return column;
    }
    return none;
  }

 private:
  std::vector<std::string> names_;
};

/// Why a value is missing, as bits: a column collects them until somebody clears them.
enum Missing : std::uint8_t {
  missing_absent = 1,
  missing_text = 2,
  missing_boolean = 4,
  missing_not_finite = 8
};

/// Columns of points under way. A missing value is NaN, never 0.
struct PointColumns {
  std::vector<std::int64_t> times;           ///< ns since 1970 UTC
  std::vector<std::vector<double>> columns;  ///< one a field of the selection, each as long as `times`
  std::vector<std::uint8_t> missing;         ///< one a field: bits of Missing met so far

  explicit PointColumns(std::size_t fields = 0) : columns(fields), missing(fields) {}
  void clear() noexcept {
    times.clear();
    for (auto& column : columns) column.clear();
  }
};

/// Appends one row. Doubles and integers are numbers; texts, booleans, NaN, infinity and a field that is not
/// there are missing. False: the message is malformed, and nothing was appended.
bool decode_point(Bytes body, const FieldSelection& selection, PointColumns& out);

}  // namespace oddity::wire
