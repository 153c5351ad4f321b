#include "window/time_windows.hpp"

#include <algorithm>
#include <tuple>

#include "window/saturating.hpp"

namespace oddity::window {
namespace {

/// The multiple of `step` at or before `time`, counted from 0001-01-01 UTC as Go's Time.Truncate counts.
std::int64_t truncate(std::int64_t time, std::int64_t step) noexcept {
  constexpr __int128 from_year_one = static_cast<__int128>(62'135'596'800) * 1'000'000'000;
  const __int128 past = (static_cast<__int128>(time) + from_year_one) % step;
  return plus(time, -static_cast<std::int64_t>(past));
}

}  // namespace

void TimeWindows::add(const GroupIdentity& identity, std::int64_t time, std::span<const double> values) {
  Group& group = group_of(identity, time);
  if (spec_.every == 0) {
    insert(group, time, values);
    if (time < group.next_edge) return;
    purge(group, plus(time, -spec_.period), false);
    emit(group, time);
    group.next_edge = time;
    return;
  }
  if (time >= group.next_edge) {
    purge(group, plus(group.next_edge, -spec_.period), true);
    emit(group, group.next_edge);
    group.next_edge = edge_after(time);
  }
  insert(group, time, values);
}

TimeWindows::Group& TimeWindows::group_of(const GroupIdentity& identity, std::int64_t time) {
  if (identity.number == 0) return group_by_key(identity, time);
  if (identity.number >= numbered_.size()) numbered_.resize(identity.number + 1);
  Group*& group = numbered_[identity.number];
  if (group == nullptr) group = &group_by_key(identity, time);
  return *group;
}

TimeWindows::Group& TimeWindows::group_by_key(const GroupIdentity& identity, std::int64_t time) {
  if (const auto found = groups_.find(identity.key); found != groups_.end()) return found->second;
  Group& group = groups_[std::string(identity.key)];
  group.key = identity.key;
  group.name = identity.name;
  if (identity.tags != nullptr) group.tags = *identity.tags;
  group.by_name = identity.by_name;
  group.next_edge = edge_after(time);
  group.columns.resize(fields_);
  return group;
}

std::int64_t TimeWindows::edge_after(std::int64_t time) const noexcept {
  const std::int64_t edge = plus(time, spec_.every);
  return spec_.align && spec_.every > 0 ? truncate(edge, spec_.every) : edge;
}

void TimeWindows::insert(Group& group, std::int64_t time, std::span<const double> values) const {
  group.times.push_back(time);
  for (std::size_t field = 0; field < fields_; ++field) group.columns[field].push_back(values[field]);
}

void TimeWindows::purge(Group& group, std::int64_t oldest, bool inclusive) {
  const auto stays = [&](std::int64_t time) { return inclusive ? time >= oldest : time > oldest; };
  while (group.start < group.times.size() && !stays(group.times[group.start])) ++group.start;
  if (group.emitted < group.start) {
    between_ += group.start - group.emitted;
    group.emitted = group.start;
  }
  if (group.start < group.times.size() / 2) return;  // moving the rest costs no more than was purged
  const auto cut = [&](auto& rows) {
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(group.start));
  };
  cut(group.times);
  for (auto& column : group.columns) cut(column);
  group.emitted -= group.start;
  group.start = 0;
}

void TimeWindows::emit(Group& group, std::int64_t end) {
  const auto from = static_cast<std::ptrdiff_t>(group.start);
  finished_.group = group.key;
  finished_.name = group.name;
  finished_.tags = group.tags;
  finished_.by_name = group.by_name;
  finished_.end = end;
  finished_.times.assign(group.times.begin() + from, group.times.end());
  for (std::size_t field = 0; field < fields_; ++field) {
    finished_.columns[field].assign(group.columns[field].begin() + from, group.columns[field].end());
  }
  group.emitted = group.times.size();
  group.has_window = true;
  sink_(finished_);
}

void TimeWindows::finish() {
  if (spec_.every == 0) return;  // each point was an edge
  std::vector<Group*> unfinished;
  for (auto& [key, group] : groups_) {
    if (group.emitted < group.times.size()) unfinished.push_back(&group);
  }
  std::sort(unfinished.begin(), unfinished.end(), [](const Group* a, const Group* b) {
    return std::tie(a->next_edge, a->key) < std::tie(b->next_edge, b->key);
  });
  for (Group* const group : unfinished) {
    purge(*group, plus(group->next_edge, -spec_.period), true);
    if (group->emitted < group->times.size()) emit(*group, group->next_edge);
  }
}

std::size_t TimeWindows::groups_without_window() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(groups_.begin(), groups_.end(), [](const auto& entry) { return !entry.second.has_window; }));
}

std::uint64_t TimeWindows::waiting() const noexcept {
  std::uint64_t points = 0;
  for (const auto& [key, group] : groups_) points += group.times.size() - group.emitted;
  return points;
}

}  // namespace oddity::window
