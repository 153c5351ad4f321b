#include "window/tumbling_windows.hpp"

#include <algorithm>

#include "window/saturating.hpp"

namespace oddity::window {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

}  // namespace

TumblingWindows::TumblingWindows(Tumble tumble, std::vector<std::string> fields, OpenGroups groups)
    : tumble_(tumble), fields_(std::move(fields)), open_(groups) {
  finished_.columns.resize(fields_.size());
}

TumblingWindows::Added TumblingWindows::add(const GroupIdentity& identity, std::int64_t time,
                                            std::span<const double> values) {
  Group& group = group_of(identity, time);
  latest_ = time;
  if (is_late(group, time)) return {nullptr, true};
  const GroupWindow* finished = nullptr;
  if (tumble_.period != 0 && time >= plus(group.from, tumble_.period)) {
    finished = finish(group, plus(group.from, tumble_.period));
    group.from = time;
  }
  group.latest = std::max(group.latest, time);
  group.times.push_back(time);
  for (std::size_t field = 0; field < fields_.size(); ++field) group.columns[field].push_back(values[field]);
  if (tumble_.period == 0 && group.times.size() >= static_cast<std::size_t>(tumble_.points)) {
    group.from = *std::max_element(group.times.begin(), group.times.end());
    finished = finish(group, group.from);
  }
  return {finished, false};
}

TumblingWindows::Group& TumblingWindows::group_of(const GroupIdentity& identity, std::int64_t time) {
  if (const auto found = places_.find(identity.key); found != places_.end()) {
    order_.splice(order_.end(), order_, found->second);
    return *found->second;
  }
  make_room(std::min(time, latest_));
  Group& group = order_.emplace_back();
  group.key = identity.key;
  group.name = identity.name;
  if (identity.tags != nullptr) group.tags = *identity.tags;
  group.by_name = identity.by_name;
  group.from = first_from(time);
  group.latest = time;
  group.columns.resize(fields_.size());
  places_.emplace(group.key, std::prev(order_.end()));
  return group;
}

std::int64_t TumblingWindows::first_from(std::int64_t time) const noexcept {
  return tumble_.period != 0 ? time : never;
}

/// For one more group; by age, too, only then, since what does not grow needs no looking after. `now`: the
/// earlier one of the last two points' times, as a single one far in the future must not empty the table.
void TumblingWindows::make_room(std::int64_t now) {
  while (!order_.empty() &&
         (order_.size() >= open_.max || (open_.ttl != 0 && plus(order_.front().latest, open_.ttl) < now))) {
    forget(order_.begin());
  }
}

void TumblingWindows::forget(Order::iterator group) {
  drop_points(*group);
  places_.erase(group->key);
  order_.erase(group);
}

void TumblingWindows::drop_points(Group& group) {
  if (dropped_ == 0 && !group.times.empty()) first_dropped_ = group.key;
  dropped_ += group.times.size();
  group.times.clear();
  for (auto& column : group.columns) column.clear();
}

bool TumblingWindows::is_late(Group& group, std::int64_t time) {
  if (time >= group.from) {
    group.late_points = 0;
    return false;
  }
  group.late_since = group.late_points == 0 ? time : std::min(group.late_since, time);
  ++group.late_points;
  if (!starts_anew(group, time)) {
    ++late_;
    return true;
  }
  drop_points(group);
  group.from = first_from(time);
  group.latest = time;
  group.late_points = 0;
  return false;
}

bool TumblingWindows::starts_anew(const Group& group, std::int64_t time) const noexcept {
  return tumble_.period != 0 ? time >= plus(group.late_since, tumble_.period)
                             : group.late_points > tumble_.points;
}

const GroupWindow* TumblingWindows::finish(Group& group, std::int64_t end) {
  finished_.group = group.key;
  finished_.name = group.name;
  finished_.tags = group.tags;
  finished_.by_name = group.by_name;
  finished_.end = end;
  finished_.times.swap(group.times);
  group.times.clear();
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    finished_.columns[field].swap(group.columns[field]);
    group.columns[field].clear();
  }
  return &finished_;
}

std::uint64_t TumblingWindows::waiting() const noexcept {
  std::uint64_t points = 0;
  for (const Group& group : order_) points += group.times.size();
  return points;
}

}  // namespace oddity::window
