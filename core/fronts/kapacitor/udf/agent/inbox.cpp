#include "agent/inbox.hpp"

#include <utility>

namespace oddity::agent {

void Inbox::put(Block block) {
  bytes_ += block.size();
  blocks_.push_back(std::move(block));
}

Block Inbox::empty_block() {
  if (spent_.empty()) return {};
  Block block = std::move(spent_.back());
  spent_.pop_back();
  block.clear();
  return block;
}

std::optional<Block> Inbox::take() {
  if (blocks_.empty()) return std::nullopt;
  Block block = std::move(blocks_.front());
  blocks_.pop_front();
  bytes_ -= block.size();
  working_ = true;
  return block;
}

void Inbox::give_back(Block block) {
  constexpr std::size_t kept = 8;
  working_ = false;
  if (spent_.size() < kept) spent_.push_back(std::move(block));
}

}  // namespace oddity::agent
