// All groups by their keys, in the order in which they were last used, so that the oldest can be forgotten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>

#include "detect/group.hpp"
#include "detect/group_places.hpp"

namespace oddity::detect {

/// Kapacitor never says that a group is gone, so groups go by age and by number.
///
/// Using a group that is there allocates nothing. References stay valid until their group is forgotten.
class GroupTable {
 public:
  struct Entry {
    std::string key;
    Group group;
  };
  using Order = std::list<Entry>;  ///< the least recently used first

  /// The group, which becomes the latest used; nullptr when there is none of that key.
  Group* use(std::string_view key);
  /// A new group, as the latest used. The key must not be there.
  Group& add(std::string key, Group group);
  void forget(std::string_view key);

  /// Forgets least recently used groups until there are at most `max`; how many.
  std::size_t keep_newest(std::size_t max);
  /// Forgets least recently used groups whose latest window ended before `time`; how many. Stops at the first
  /// that did not: groups are used nearly in the order of their data.
  std::size_t forget_before(std::int64_t time);

  std::size_t size() const noexcept { return order_.size(); }
  Order& order() noexcept { return order_; }
  const Order& order() const noexcept { return order_; }

 private:
  void forget_oldest();

  Order order_;
  GroupPlaces<Order::iterator> places_;
};

}  // namespace oddity::detect
