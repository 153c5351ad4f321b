#include "agent/output.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace oddity::agent {
namespace {

bool is_socket(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

}  // namespace

Output::Output(int descriptor) : descriptor_(descriptor), is_socket_(is_socket(descriptor)) {}

void Output::take(Outbox& outbox) {
  if (pending_bytes() != 0) return;
  outbox.take(pending_);
  if (!pending_.empty()) waiting_since_ = Clock::now();
}

bool Output::write() {
  while (pending_bytes() != 0) {
    const ssize_t wrote = ::write(descriptor_, pending_.data() + written_, pending_bytes());
    if (wrote < 0) {
      if (errno == EINTR) continue;
      blocked_ = errno == EAGAIN;
      return blocked_;
    }
    written_ += static_cast<std::size_t>(wrote);
    written_at_ = waiting_since_ = Clock::now();
    progress_ = progress_ || blocked_;
    blocked_ = false;
  }
  pending_.clear();
  written_ = 0;
  return true;
}

bool Output::take_progress() noexcept { return std::exchange(progress_, false); }

int Output::unread_bytes() const {
  int unread = 0;
  const auto question =
      is_socket_ ? static_cast<unsigned long>(SIOCOUTQ) : static_cast<unsigned long>(FIONREAD);
  return ::ioctl(descriptor_, question, &unread) == 0 ? unread : 0;
}

}  // namespace oddity::agent
