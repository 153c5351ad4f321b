#include "exchange/frame.hpp"

namespace oddity::live {
namespace {

struct FrameHead {
  FrameKind kind{};
  std::uint32_t size = 0;
  std::uint64_t number = 0;
};

void append_head(std::string& out, FrameKind kind, std::uint64_t number, std::size_t size) {
  const FrameHead head{kind, static_cast<std::uint32_t>(size), number};
  out += bytes_of(head);
}

}  // namespace

void append_frame(std::string& out, FrameKind kind, std::uint64_t number, std::string_view body) {
  append_head(out, kind, number, body.size());
  out += body;
}

void append_batch(std::string& out, std::uint64_t number, const BatchHead& head, std::string_view lines) {
  append_head(out, FrameKind::batch, number, sizeof head + lines.size());
  out += bytes_of(head);
  out += lines;
}

char* FrameCutter::room(std::size_t size) {
  if (begin_ != 0 && begin_ == end_) begin_ = end_ = 0;
  if (end_ + size > bytes_.size() && begin_ > 0) {
    bytes_.erase(0, begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ + size > bytes_.size()) bytes_.resize(end_ + size);
  return bytes_.data() + end_;
}

bool FrameCutter::next(Frame& frame) {
  std::string_view rest(bytes_.data() + begin_, end_ - begin_);
  FrameHead head;
  if (!take_plain(rest, head) || rest.size() < head.size) return false;
  frame = {head.kind, head.number, rest.substr(0, head.size)};
  begin_ += sizeof head + head.size;
  return true;
}

}  // namespace oddity::live
