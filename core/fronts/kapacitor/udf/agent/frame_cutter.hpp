// Cuts what was read into blocks of whole frames, and answers keepalives on the way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "agent/inbox.hpp"
#include "wire/frame.hpp"
#include "wire/request.hpp"

namespace oddity::agent {

/// Reads go straight into the block that will be handed on; only the cut-off frame at its end is copied, to
/// the front of the next one.
///
/// 1. read up to room_bytes() to room();
/// 2. take(bytes read, inbox, on_keepalive); and again.
class FrameCutter {
 public:
  static constexpr std::size_t read_bytes = 64 * 1024;  ///< a pipe's size
  static constexpr std::size_t most_read_bytes = 256 * 1024;

  std::byte* room() {
    block_.resize(filled_ + room_bytes());
    return block_.data() + filled_;
  }
  /// A file gives all that it is asked for, and is asked for more then; a frame larger than usual is read in steps
  /// that grow with it.
  std::size_t room_bytes() const noexcept { return std::max(ask_bytes_, filled_); }
  std::size_t pending_bytes() const noexcept { return filled_; }

  /// False: the bytes are not a stream of frames.
  template <class OnKeepalive>
  bool take(std::size_t got, Inbox& inbox, OnKeepalive&& on_keepalive) {
    if (got == ask_bytes_) ask_bytes_ = std::min(2 * ask_bytes_, most_read_bytes);
    filled_ += got;
    wire::Bytes rest(block_.data(), filled_);
    wire::Bytes frame;
    wire::FrameOutcome outcome = wire::take_frame(rest, frame);
    for (; outcome == wire::FrameOutcome::complete; outcome = wire::take_frame(rest, frame)) {
      if (!frame.empty() && frame[0] == keepalive_tag) {
        on_keepalive(wire::read_request(frame, storage_).body);
      }
    }
    hand_on(rest, inbox);
    return outcome != wire::FrameOutcome::broken;
  }

 private:
  static constexpr std::byte keepalive_tag{static_cast<unsigned char>(wire::RequestKind::keepalive) << 3 | 2};

  void hand_on(wire::Bytes rest, Inbox& inbox) {
    if (rest.size() == filled_) return;
    Block next = inbox.empty_block();
    next.assign(rest);
    block_.resize(filled_ - rest.size());
    filled_ = rest.size();
    inbox.put(std::exchange(block_, std::move(next)));
  }

  Block block_;
  std::size_t filled_ = 0;
  std::size_t ask_bytes_ = read_bytes;
  std::string storage_;
};

}  // namespace oddity::agent
