#include "replay/lone_clocks.hpp"

namespace oddity::replay {

void LoneClocks::add(std::uint32_t group, std::int64_t time, Place place) {
  if (group >= groups_.size()) groups_.resize(group + 1);
  Group& seen = groups_[group];
  const Seen row{time, place};
  if (++seen.rows == 1) seen.first = row;
  if (seen.rows == 2) seen.second = row;
  seen.before_last = seen.last;
  seen.last = row;
}

std::vector<LoneClocks::Lone> LoneClocks::found() const {
  constexpr std::uint64_t min_rows = 4;
  constexpr int times_as_far = 10;
  std::vector<Lone> lone;
  const auto far = [](__int128 gap, __int128 others) { return others > 0 && gap > times_as_far * others; };
  for (const Group& group : groups_) {
    if (group.rows < min_rows) continue;
    const __int128 first = group.first.time, second = group.second.time;
    const __int128 before = group.before_last.time, last = group.last.time;
    if (far(second - first, last - second))
      lone.push_back({group.first.time, group.first.place, group.second.time});
    if (far(last - before, before - first))
      lone.push_back({group.last.time, group.last.place, group.before_last.time});
  }
  return lone;
}

}  // namespace oddity::replay
