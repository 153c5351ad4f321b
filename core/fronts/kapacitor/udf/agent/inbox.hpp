// Whole frames on their way from the reader to the worker, bounded.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "agent/block.hpp"

namespace oddity::agent {

/// A queue of blocks between two threads. The reader asks has_room() before it reads on; while
/// the worker holds a block, the inbox is busy. Spent blocks go back to the reader, so that
/// none is allocated in the long run.
class Inbox {
 public:
  explicit Inbox(std::size_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  // The reader's side.
  void set_most_bytes(std::size_t max_bytes);
  bool has_room();
  void put(Block block);
  void close();       ///< no more will come; what is there is still taken
  bool busy() const;  ///< something is queued or being worked on
  Block empty_block();

  // The worker's side.
  std::optional<Block> take();  ///< waits; std::nullopt once closed and empty
  bool empty() const;           ///< take() would wait now
  bool take_room_made();        ///< true once when has_room() was false and half of the room is free again
  void give_back(Block block);  ///< the taken block is done

 private:
  mutable std::mutex mutex_;
  std::size_t max_bytes_;
  std::condition_variable filled_;
  std::deque<Block> blocks_;
  std::vector<Block> spent_;
  std::size_t bytes_ = 0;
  bool working_ = false;
  bool closed_ = false;
  bool no_room_ = false;  ///< the reader waits
};

}  // namespace oddity::agent
