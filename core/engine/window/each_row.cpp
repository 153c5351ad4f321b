#include "window/each_row.hpp"

#include "window/present_fields.hpp"

namespace oddity::window {

EachRow::Last& EachRow::last_of(const GroupIdentity& group) {
  if (group.number != 0) {
    if (group.number >= numbered_.size()) numbered_.resize(group.number + 1);
    return numbered_[group.number];
  }
  const auto last = last_.find(group.key);
  return last != last_.end() ? last->second : last_.emplace(group.key, Last()).first->second;
}

void EachRow::add(const GroupIdentity& group, std::int64_t time, std::span<const double> values) {
  Last& last = last_of(group);
  const std::uint64_t present = present_fields(values);
  if (!last.any || last.time != time) last = {true, time, 0};
  repeated_ += (last.present & present) != 0 ? 1 : 0;
  last.present |= present;
  window_.group = group.key;
  window_.name = group.name;
  if (group.tags != nullptr) window_.tags = *group.tags;
  window_.by_name = group.by_name;
  window_.end = time;
  window_.times.assign(1, time);
  for (std::size_t field = 0; field < window_.columns.size(); ++field)
    window_.columns[field].assign(1, values[field]);
  sink_(window_);
}

}  // namespace oddity::window
