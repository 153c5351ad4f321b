// Finds rows whose clock was wrong: they lie far from all others of their group.
#pragma once

#include <cstdint>
#include <vector>

#include "replay/row_order.hpp"

namespace oddity::replay {

/// Takes the rows of all groups by time. Those before or behind the longest gap of a group are far from all others where the gap is more
/// than ten times as long as the time in which the others lie, and there are three others for each of them.
class LoneClocks {
 public:
  void add(std::uint32_t group, std::int64_t time, Place place);

  struct Lone {
    std::int64_t time = 0;  ///< of the first of them
    Place place;
    std::int64_t next = 0;   ///< time of the nearest other row
    std::uint64_t rows = 1;  ///< that are so far from the others
  };
  /// In order of the groups' numbers.
  std::vector<Lone> found() const;

  std::uint64_t rows(std::uint32_t group) const { return groups_[group].rows; }
  Place first(std::uint32_t group) const { return groups_[group].first.place; }

 private:
  struct Seen {
    std::int64_t time = 0;
    Place place;
  };
  struct Group {
    std::uint64_t rows = 0;
    Seen first, last;
    std::int64_t before_gap = 0;  ///< the time with which it begins
    Seen behind_gap;
    std::uint64_t rows_before_gap = 0;
  };
  std::vector<Group> groups_;
};

}  // namespace oddity::replay
