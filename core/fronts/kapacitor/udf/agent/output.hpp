// Writes without waiting, and knows when the reader last took something.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "agent/outbox.hpp"

namespace oddity::agent {

/// Owned by the session's thread. The descriptor stays the caller's and must not block.
class Output {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Output(int descriptor);

  /// Takes what waits in the outbox, but only when all that was taken before is written: so the outbox's
  /// bound is the bound.
  void take(Outbox& outbox);
  /// Writes what the reader takes just now. False: the reader is gone.
  bool write();

  std::size_t pending_bytes() const noexcept { return pending_.size() - written_; }
  int descriptor() const noexcept { return descriptor_; }

  /// Written bytes that the reader has not read yet; 0 where that cannot be known.
  int unread_bytes() const;
  /// When bytes were last written.
  Clock::time_point written_at() const noexcept { return written_at_; }
  /// Since when pending bytes have not been accepted; `now` when nothing is pending.
  Clock::time_point waiting_since(Clock::time_point now) const noexcept {
    return pending_bytes() == 0 ? now : waiting_since_;
  }
  /// True once after a write that went through where one before had to wait: somebody reads.
  bool take_progress() noexcept;

 private:
  const int descriptor_;
  const bool is_socket_;
  std::string pending_;
  std::size_t written_ = 0;  ///< of pending_
  bool blocked_ = false;
  bool progress_ = false;
  Clock::time_point written_at_ = Clock::now();
  Clock::time_point waiting_since_ = written_at_;
};

}  // namespace oddity::agent
