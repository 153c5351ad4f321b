// Whether the mark in a column's numbers may separate thousands: 998, then 1.012 for a thousand and twelve.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oddity::formats {

/// 1. add(text) for each number of a column, where points and commas are both read as decimal marks;
/// 2. likely(), when all are read.
///
/// Thousands are likely where every number that has a mark has one to three digits before it, the first of them no 0, and
/// three behind it; where others have none; and where no number of four digits is written without.
class Thousands {
 public:
  void add(std::string_view text);

  struct Likely {
    std::string marked;  ///< the first one, as it is written
    std::string whole;   ///< the first one without a mark
  };
  std::optional<Likely> likely() const;

 private:
  bool is_other_ = false;
  Likely seen_;
};

}  // namespace oddity::formats
