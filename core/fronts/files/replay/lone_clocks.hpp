// Finds rows whose clock was wrong: they lie far from all others of their group.
#pragma once

#include <cstdint>
#include <vector>

#include "replay/row_order.hpp"

namespace oddity::replay {

/// Takes the rows of all groups by time. The first or the last row of a group is alone when it lies more than
/// ten times as far from the next one as all the others lie from each other, and there are three others.
class LoneClocks {
 public:
  void add(std::uint32_t group, std::int64_t time, Place place);

  struct Lone {
    std::int64_t time = 0;
    Place place;
    std::int64_t next = 0;  ///< time of the nearest other row
  };
  /// In order of the groups' numbers.
  std::vector<Lone> found() const;

 private:
  struct Seen {
    std::int64_t time = 0;
    Place place;
  };
  struct Group {
    std::uint64_t rows = 0;
    Seen first, second, before_last, last;
  };
  std::vector<Group> groups_;
};

}  // namespace oddity::replay
