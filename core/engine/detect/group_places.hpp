// Where each group stands, by its key.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace oddity::detect {

/// A hash table without nodes: among a million groups each step from pointer to pointer waits for memory, so that
/// looking a key up touches one line of the table and then the entry itself (Knuth 1973, The Art of Computer
/// Programming 3, section 6.4, algorithms L and R: linear probing, and deletion that leaves no gaps).
///
/// `Place` is a pointer or an iterator to something with a member `key`, which stays while it is here. At most half
/// of the slots are taken.
template <class Place>
class GroupPlaces {
 public:
  /// nullptr: no group of that key. Valid until the next change.
  const Place* find(std::string_view key) const noexcept {
    if (slots_.empty()) return nullptr;
    const std::size_t hash = hash_of(key);
    for (std::size_t at = home_of(hash); slots_[at].taken(); at = after(at)) {
      if (slots_[at].hash == hash && slots_[at].place->key == key) return &slots_[at].place;
    }
    return nullptr;
  }

  /// Of a key that is not here.
  void add(Place place) {
    if (2 * (taken_ + 1) > slots_.size()) grow();
    put({hash_of(place->key), place});
    ++taken_;
  }

  /// Of a key that is here, while its entry still is.
  void remove(std::string_view key) noexcept {
    const std::size_t hash = hash_of(key);
    std::size_t gap = home_of(hash);
    while (slots_[gap].hash != hash || slots_[gap].place->key != key) gap = after(gap);
    // What stands behind the gap moves into it, unless that lies before its home.
    for (std::size_t at = after(gap); slots_[at].taken(); at = after(at)) {
      if (distance(home_of(slots_[at].hash), at) < distance(gap, at)) continue;
      slots_[gap] = slots_[at];
      gap = at;
    }
    slots_[gap] = {};
    --taken_;
  }

 private:
  struct Slot {
    std::size_t hash = 0;  ///< 0: nothing is here
    Place place{};

    bool taken() const noexcept { return hash != 0; }
  };

  static std::size_t hash_of(std::string_view key) noexcept { return std::hash<std::string_view>()(key) | 1; }
  // The number of slots is a power of two; the last bit of a hash says that a slot is taken.
  std::size_t home_of(std::size_t hash) const noexcept { return (hash >> 1) & (slots_.size() - 1); }
  std::size_t after(std::size_t at) const noexcept { return (at + 1) & (slots_.size() - 1); }
  std::size_t distance(std::size_t from, std::size_t to) const noexcept {
    return (to - from) & (slots_.size() - 1);
  }

  void put(const Slot& slot) noexcept {
    std::size_t at = home_of(slot.hash);
    while (slots_[at].taken()) at = after(at);
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> before(slots_.empty() ? 16 : 2 * slots_.size());
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.taken()) put(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t taken_ = 0;
};

}  // namespace oddity::detect
