#include "agent/inbox.hpp"

#include <utility>

namespace oddity::agent {

void Inbox::set_most_bytes(std::size_t max_bytes) {
  const std::lock_guard lock(mutex_);
  max_bytes_ = max_bytes;
}

bool Inbox::has_room() {
  const std::lock_guard lock(mutex_);
  no_room_ = bytes_ >= max_bytes_;
  return !no_room_;
}

bool Inbox::take_room_made() {
  const std::lock_guard lock(mutex_);
  return no_room_ && bytes_ <= max_bytes_ / 2 && std::exchange(no_room_, false);
}

void Inbox::put(Block block) {
  {
    const std::lock_guard lock(mutex_);
    bytes_ += block.size();
    blocks_.push_back(std::move(block));
  }
  filled_.notify_one();
}

void Inbox::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_one();
}

bool Inbox::busy() const {
  const std::lock_guard lock(mutex_);
  return working_ || !blocks_.empty();
}

bool Inbox::empty() const {
  const std::lock_guard lock(mutex_);
  return blocks_.empty();
}

Block Inbox::empty_block() {
  const std::lock_guard lock(mutex_);
  if (spent_.empty()) return {};
  Block block = std::move(spent_.back());
  spent_.pop_back();
  block.clear();
  return block;
}

std::optional<Block> Inbox::take() {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [&] { return closed_ || !blocks_.empty(); });
  if (blocks_.empty()) return std::nullopt;
  Block block = std::move(blocks_.front());
  blocks_.pop_front();
  bytes_ -= block.size();
  working_ = true;
  return block;
}

void Inbox::give_back(Block block) {
  constexpr std::size_t kept = 8;
  const std::lock_guard lock(mutex_);
  working_ = false;
  if (spent_.size() < kept) spent_.push_back(std::move(block));
}

}  // namespace oddity::agent
