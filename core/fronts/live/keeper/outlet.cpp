#include "keeper/outlet.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace oddity::live {
namespace {

bool takes_more(int descriptor) {
  pollfd asked{descriptor, POLLOUT, 0};
  return ::poll(&asked, 1, 0) == 1 && asked.revents != 0;
}

}  // namespace

StandardOutput::StandardOutput(int descriptor, Marks& marks) : descriptor_(descriptor), marks_(marks) {}

void StandardOutput::put(std::uint64_t number, std::string_view text) {
  if (written_ == pending_.size()) {
    pending_.clear();
    written_ = 0;
  }
  pending_ += text;
  ends_.push_back({number, pending_.size()});
  write();
}

/// The descriptor may be shared with others (a terminal), so it stays blocking: each write is asked for before, and of a
/// size that a pipe with room takes whole.
bool StandardOutput::write() {
  while (written_ < pending_.size() && takes_more(descriptor_)) {
    const std::size_t size = std::min<std::size_t>(pending_.size() - written_, PIPE_BUF);
    const ssize_t wrote = ::write(descriptor_, pending_.data() + written_, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno == EAGAIN;
    written_ += static_cast<std::size_t>(wrote);
  }
  while (!ends_.empty() && ends_.front().at <= written_) {
    marks_.set_answered(ends_.front().number);
    ends_.pop_front();
  }
  return true;
}

}  // namespace oddity::live
