// Whole frames on their way from the reader to the worker, bounded.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "agent/block.hpp"

namespace oddity::agent {

/// A queue of blocks. The reader asks has_room() before it reads on; while a block is being worked on, the inbox
/// is busy. Spent blocks go back to the reader, so that none is allocated in the long run.
///
/// Used by one thread at a time, the one that holds the duty (session.hpp).
class Inbox {
 public:
  explicit Inbox(std::size_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  // The reader's side.
  void set_most_bytes(std::size_t max_bytes) noexcept { max_bytes_ = max_bytes; }
  bool has_room() const noexcept { return bytes_ < max_bytes_; }
  void put(Block block);
  bool busy() const noexcept { return working_ || !blocks_.empty(); }  ///< something is queued or worked on
  Block empty_block();

  // The worker's side.
  std::optional<Block> take();  ///< std::nullopt: there is none
  void give_back(Block block);  ///< the taken block is done

 private:
  std::size_t max_bytes_;
  std::deque<Block> blocks_;
  std::vector<Block> spent_;
  std::size_t bytes_ = 0;
  bool working_ = false;
};

}  // namespace oddity::agent
