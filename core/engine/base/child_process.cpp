#include "base/child_process.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace oddity {
namespace {

using Clock = std::chrono::steady_clock;

/// Whether the child has ended by then; it is not collected, so that its number stays its own.
bool ends_until(pid_t child, Clock::time_point until) {
  while (true) {
    siginfo_t ended{};
    const int asked = ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (asked == 0 && ended.si_pid == child) return true;
    if (asked != 0 && errno == ECHILD) return true;  // where SIGCHLD is ignored, nothing is left to collect
    if (Clock::now() >= until) return false;
    ::usleep(500);
  }
}

}  // namespace

MemoryFile::MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

void MemoryFile::write(std::string_view text) const noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t wrote = ::pwrite(descriptor_, text.data() + at, text.size() - at, static_cast<off_t>(at));
    if (wrote <= 0) return;
    at += static_cast<std::size_t>(wrote);
  }
}

std::string MemoryFile::read(std::size_t max) const {
  const off_t there = ::lseek(descriptor_, 0, SEEK_END);
  std::string text(there < 0 ? 0 : std::min(max, static_cast<std::size_t>(there)), '\0');
  const ssize_t got = ::pread(descriptor_, text.data(), text.size(), 0);
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

std::optional<int> run_in_child(const std::function<void()>& body, std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    ::setpgid(0, 0);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    body();
    ::_exit(1);
  }
  ::setpgid(child, child);  // here as well, whichever comes first
  const bool in_time = ends_until(child, until);
  ::kill(-child, SIGKILL);  // and whatever it left behind
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return in_time ? std::optional(status) : std::nullopt;
}

}  // namespace oddity
