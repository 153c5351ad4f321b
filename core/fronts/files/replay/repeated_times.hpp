// Rows of one group that have the same time: several series that are judged as one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "csv/unused_texts.hpp"
#include "replay/row_order.hpp"

namespace oddity::replay {

/// 1. add(group, row) for the rows of all groups, by time;
/// 2. told_apart(columns).
class RepeatedTimes {
 public:
  void add(std::uint32_t group, const OrderedRow& row);

  /// One sentence, or none: the column by whose texts nine of ten rows differ from the one of the same time
  /// before them.
  std::vector<std::string> told_apart(const std::vector<UnusedTexts::Column>& columns) const;

 private:
  struct Last {
    bool any = false;
    std::int64_t time = 0;
    std::uint32_t texts = 0;
  };
  std::vector<Last> groups_;
  std::uint64_t with_texts_ = 0;  ///< rows of the same time as the one before, where either has texts
  std::array<std::uint64_t, UnusedTexts::max_columns> differing_{};  ///< of those, one a column
};

}  // namespace oddity::replay
