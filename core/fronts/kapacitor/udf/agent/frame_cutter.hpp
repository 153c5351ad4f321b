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
/// 2. take(bytes read, on_keepalive); and again while more is there to be read, and is_full() says no;
/// 3. hand_on(inbox).
class FrameCutter {
 public:
  static constexpr std::size_t read_bytes = 64 * 1024;  ///< a pipe's size

  std::byte* room() {
    block_.resize(filled_ + room_bytes());
    return block_.data() + filled_;
  }
  /// A frame larger than usual is read in steps that grow with it.
  std::size_t room_bytes() const noexcept { return std::max(read_bytes, pending_bytes()); }
  /// Of a frame that has not come whole.
  std::size_t pending_bytes() const noexcept { return filled_ - whole_; }
  /// More than this is not gathered.
  bool is_full() const noexcept { return whole_ >= 4 * read_bytes; }

  /// False: the bytes are not a stream of frames.
  template <class OnKeepalive>
  bool take(std::size_t got, OnKeepalive&& on_keepalive) {
    filled_ += got;
    wire::Bytes rest(block_.data() + whole_, pending_bytes());
    wire::Bytes frame;
    wire::FrameOutcome outcome = wire::take_frame(rest, frame);
    for (; outcome == wire::FrameOutcome::complete; outcome = wire::take_frame(rest, frame)) {
      if (!frame.empty() && frame[0] == keepalive_tag) {
        on_keepalive(wire::read_request(frame, storage_).body);
      }
    }
    whole_ = filled_ - rest.size();
    return outcome != wire::FrameOutcome::broken;
  }

  /// Puts the whole frames into the inbox, if there are any.
  void hand_on(Inbox& inbox) {
    if (whole_ == 0) return;
    Block next = inbox.empty_block();
    next.assign(wire::Bytes(block_.data() + whole_, pending_bytes()));
    filled_ = next.size();
    block_.resize(std::exchange(whole_, 0));
    inbox.put(std::exchange(block_, std::move(next)));
  }

 private:
  static constexpr std::byte keepalive_tag{static_cast<unsigned char>(wire::RequestKind::keepalive) << 3 | 2};

  Block block_;
  std::size_t filled_ = 0;
  std::size_t whole_ = 0;  ///< of these, the bytes of whole frames
  std::string storage_;
};

}  // namespace oddity::agent
