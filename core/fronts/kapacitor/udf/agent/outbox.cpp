#include "agent/outbox.hpp"

namespace oddity::agent {

void Outbox::set_most_bytes(std::size_t max_bytes) {
  const std::lock_guard lock(mutex_);
  max_bytes_ = max_bytes;
}

void Outbox::put(std::string_view frames) {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [&] { return dropped_ || pending_.size() <= max_bytes_; });
  if (!dropped_) pending_ += frames;
}

void Outbox::put_now(std::string_view frames) {
  const std::lock_guard lock(mutex_);
  if (!dropped_) pending_ += frames;
}

void Outbox::take(std::string& out) {
  {
    const std::lock_guard lock(mutex_);
    if (out.empty()) {
      out.swap(pending_);
    } else {
      out += pending_;
    }
    pending_.clear();
  }
  emptied_.notify_one();
}

bool Outbox::empty() const {
  const std::lock_guard lock(mutex_);
  return pending_.empty();
}

std::size_t Outbox::pending_bytes() const {
  const std::lock_guard lock(mutex_);
  return pending_.size();
}

void Outbox::drop() {
  {
    const std::lock_guard lock(mutex_);
    dropped_ = true;
    pending_.clear();
  }
  emptied_.notify_one();
}

}  // namespace oddity::agent
