#include "replay/lone_clocks.hpp"

#include <algorithm>

namespace oddity::replay {
namespace {

/// Of times in order; in 64 bits without a sign it cannot overflow.
std::uint64_t between(std::int64_t earlier, std::int64_t later) noexcept {
  return static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier);
}

}  // namespace

void LoneClocks::add(std::uint32_t group, std::int64_t time, Place place) {
  if (group >= groups_.size()) groups_.resize(group + 1);
  Group& seen = groups_[group];
  const Seen row{time, place};
  if (seen.rows == 0) {
    seen.first = seen.behind_gap = row;
    seen.before_gap = time;
  } else if (between(seen.last.time, time) > between(seen.before_gap, seen.behind_gap.time)) {
    seen.before_gap = seen.last.time;
    seen.behind_gap = row;
    seen.rows_before_gap = seen.rows;
  }
  seen.last = row;
  ++seen.rows;
}

std::vector<LoneClocks::Lone> LoneClocks::found() const {
  constexpr std::uint64_t others_for_each = 3;
  constexpr std::uint64_t times_as_far = 10;
  std::vector<Lone> lone;
  for (const Group& group : groups_) {
    const std::uint64_t before = group.rows_before_gap;
    const std::uint64_t behind = group.rows - before;
    if (std::max(before, behind) < others_for_each * std::min(before, behind) || before == 0) continue;
    const bool are_first = before < behind;
    const std::uint64_t of_others = are_first ? between(group.behind_gap.time, group.last.time)
                                              : between(group.first.time, group.before_gap);
    const std::uint64_t gap = between(group.before_gap, group.behind_gap.time);
    if (of_others == 0 || gap / times_as_far < of_others) continue;
    lone.push_back(are_first ? Lone{group.first.time, group.first.place, group.behind_gap.time, before}
                             : Lone{group.behind_gap.time, group.behind_gap.place, group.before_gap, behind});
  }
  return lone;
}

}  // namespace oddity::replay
