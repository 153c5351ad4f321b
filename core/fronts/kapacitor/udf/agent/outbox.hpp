// Whole frames on their way from the worker to the writer, bounded.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace oddity::agent {

/// Bytes to be written, filled by the worker (and by the writer's own keepalives), emptied by the writer.
/// Filled only in whole frames, so that any two fillings may come in any order.
class Outbox {
 public:
  explicit Outbox(std::size_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  void set_most_bytes(std::size_t max_bytes);

  /// The worker's: waits while more than max_bytes are pending; after drop() it
  /// returns at once and keeps nothing.
  void put(std::string_view frames);
  /// The writer's own: never waits.
  void put_now(std::string_view frames);

  /// Moves everything that is pending to the end of `out`.
  void take(std::string& out);
  bool empty() const;
  /// How many bytes wait to be taken.
  std::size_t pending_bytes() const;
  /// Nobody reads any more: forget what is pending and whatever will be put.
  void drop();

 private:
  mutable std::mutex mutex_;
  std::size_t max_bytes_;
  std::condition_variable emptied_;
  std::string pending_;
  bool dropped_ = false;
};

}  // namespace oddity::agent
