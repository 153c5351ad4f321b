// Rows of one group that have the same time: several series that are judged as one, or the same rows twice.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "csv/unused_texts.hpp"
#include "replay/row_order.hpp"

namespace oddity::replay {

/// 1. add(group, row) for the rows of all groups, by time;
/// 2. told_apart(columns), of_several_files(name, place), of_one_file(place).
///
/// Rows of one time that have their numbers in different fields are parts of one, as exports write a line for each field.
class RepeatedTimes {
 public:
  /// `merged`: the group is known to hold several series, so that rows of the same time are no wonder.
  void add(std::uint32_t group, const OrderedRow& row, bool merged = false);

  /// One sentence, or none: the column by whose texts nine of ten rows differ from the one of the same time
  /// before them.
  std::vector<std::string> told_apart(const std::vector<formats::UnusedTexts::Column>& columns) const;
  /// A sentence for each file whose rows have the times of rows of an earlier file. `name`: of a file, by its
  /// number.
  std::vector<std::string> of_several_files(const std::function<std::string(std::uint32_t)>& name,
                                            const std::function<std::string(Place)>& place) const;
  /// How many rows have the time of another row of the same file, a sentence, or none. For where neither merged groups nor a column
  /// explain it.
  std::vector<std::string> of_one_file(const std::function<std::string(Place)>& place) const;

 private:
  struct Last {
    bool any = false;
    std::int64_t time = 0;
    std::uint32_t texts = 0;
    Place first;                ///< of the rows of this time
    std::uint64_t present = 0;  ///< fields in which they have numbers
  };
  struct OfFile {
    std::uint64_t rows = 0;  ///< that have the time of a row of an earlier file
    Place first, earlier;    ///< the first of them, and the row whose time it has
  };
  void note(Place row, Place earlier);

  std::vector<Last> groups_;
  std::vector<OfFile> files_;
  OfFile within_;                 ///< a file: rows that have the time of another one of it
  std::uint64_t with_texts_ = 0;  ///< rows of the same time as the one before, where either has texts
  std::array<std::uint64_t, formats::UnusedTexts::max_columns> differing_{};  ///< of those, one a column
};

}  // namespace oddity::replay
