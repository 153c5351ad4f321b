#include "window/each_row.hpp"

namespace oddity::window {

void EachRow::add(const GroupIdentity& group, std::int64_t time, std::span<const double> values) {
  if (const auto last = last_.find(group.key); last == last_.end()) {
    last_.emplace(group.key, time);
  } else {
    repeated_ += last->second == time ? 1 : 0;
    last->second = time;
  }
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
