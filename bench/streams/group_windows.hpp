// Windows of 20 points of any number of groups, made as they are written: a million groups do not fit into memory as
// text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace oddity::bench {

/// What each window of a round has in common, made once, with places for what differs.
///
/// 1. GroupWindows windows(round);
/// 2. windows.append(stream, group), for each group once.
class GroupWindows {
 public:
  static constexpr std::size_t points = 20;

  /// Rounds follow one another in time.
  explicit GroupWindows(std::size_t round);

  /// Begin, points and end, as frames.
  void append(std::string& stream, std::size_t group);

 private:
  std::string frames_;
  std::vector<std::size_t> numbers_;  ///< where the group's number stands
  std::vector<std::size_t> values_;   ///< where a value stands
  std::uint64_t noise_ = 1;
};

}  // namespace oddity::bench
