#include "detect/group_table.hpp"

namespace oddity::detect {

Group* GroupTable::use(std::string_view key) {
  const Order::iterator* const found = places_.find(key);
  if (found == nullptr) return nullptr;
  order_.splice(order_.end(), order_, *found);
  return &(*found)->group;
}

Group& GroupTable::add(std::string key, Group group) {
  order_.push_back({std::move(key), std::move(group)});
  const auto last = std::prev(order_.end());
  places_.add(last);
  return last->group;
}

void GroupTable::forget(std::string_view key) {
  const Order::iterator* const found = places_.find(key);
  if (found == nullptr) return;
  const auto entry = *found;
  places_.remove(key);
  order_.erase(entry);
}

void GroupTable::forget_oldest() { forget(order_.front().key); }

std::size_t GroupTable::keep_newest(std::size_t max) {
  std::size_t forgotten = 0;
  for (; order_.size() > max; ++forgotten) forget_oldest();
  return forgotten;
}

std::size_t GroupTable::forget_before(std::int64_t time) {
  std::size_t forgotten = 0;
  for (; !order_.empty() && order_.front().group.last_end < time; ++forgotten) forget_oldest();
  return forgotten;
}

}  // namespace oddity::detect
