#include "replay/read_ahead.hpp"

#include <algorithm>
#include <utility>

namespace oddity::replay {
namespace {

constexpr std::size_t blocks_ahead = 8;

}  // namespace

ReadAhead::ReadAhead(ByteSource& source, std::size_t block_bytes)
    : source_(source),
      block_bytes_(block_bytes),
      free_(blocks_ahead, Block(block_bytes)),
      thread_([this] { run(); }) {}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

/// False: nobody needs more.
bool ReadAhead::await_room(Block& block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopping_ || !free_.empty(); });
  if (stopping_) return false;
  block = std::move(free_.front());
  free_.pop_front();
  return true;
}

void ReadAhead::run() {
  try {
    for (Block block; await_room(block);) {
      block.resize(block_bytes_);
      const std::size_t got = source_.read(block);
      if (got == 0) break;
      block.resize(got);
      {
        const std::lock_guard lock(mutex_);
        filled_.push_back(std::move(block));
      }
      changed_.notify_all();
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failed_ = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

std::size_t ReadAhead::read(std::span<char> room) {
  if (at_ == now_.size()) {
    std::unique_lock lock(mutex_);
    if (!now_.empty()) free_.push_back(std::exchange(now_, {}));
    at_ = 0;
    changed_.notify_all();
    changed_.wait(lock, [&] { return ended_ || !filled_.empty(); });
    if (filled_.empty()) {
      if (failed_) std::rethrow_exception(std::exchange(failed_, nullptr));
      return 0;
    }
    now_ = std::move(filled_.front());
    filled_.pop_front();
  }
  const std::size_t size = std::min(room.size(), now_.size() - at_);
  std::copy_n(now_.begin() + static_cast<std::ptrdiff_t>(at_), size, room.begin());
  at_ += size;
  return size;
}

}  // namespace oddity::replay
