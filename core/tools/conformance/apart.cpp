#include "conformance/apart.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

namespace oddity::conformance {
namespace {

/// A file without a name. Unlike a pipe it never blocks its writer, and is read when all is over.
class Paper {
 public:
  explicit Paper(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
  }
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;
  ~Paper() { ::close(descriptor_); }

  int descriptor() const noexcept { return descriptor_; }
  void write(const std::string& text) const noexcept {
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t wrote = ::pwrite(descriptor_, text.data() + at, text.size() - at, static_cast<off_t>(at));
      if (wrote <= 0) return;
      at += static_cast<std::size_t>(wrote);
    }
  }
  std::string read(std::size_t most) const {
    const off_t there = ::lseek(descriptor_, 0, SEEK_END);
    std::string text(there < 0 ? 0 : std::min(most, static_cast<std::size_t>(there)), '\0');
    const ssize_t got = ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

 private:
  int descriptor_;
};

constexpr std::size_t most_printed = 64 << 10;
constexpr std::size_t most_said = 64 << 20;
constexpr char whole = '.';  ///< stands behind what was said, so that its end is known to have come

[[noreturn]] void live_apart(const std::function<std::string()>& body, const Paper& said, const Paper& out,
                             const Paper& errors, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  ::setpgid(0, 0);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(out.descriptor(), STDOUT_FILENO);
  ::dup2(errors.descriptor(), STDERR_FILENO);
  said.write(body() + whole);
  std::fflush(nullptr);  // a library's unfinished line is a line, too
  ::_exit(0);
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) return ::strsignal(WTERMSIG(status));
  return fmt::format("ended the process (exit {})", WEXITSTATUS(status));
}

/// False: it did not end in time.
bool wait_for_end(pid_t child, std::chrono::milliseconds limit) {
  // By its number: the C library's header for it is not made for C++ before version 2.37.
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
  pollfd ended{handle, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + limit;
  int ready = 0;
  do {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    ready = ::poll(&ended, 1, left.count() > 0 ? static_cast<int>(left.count()) : 0);
  } while (ready < 0 && errno == EINTR);
  ::close(handle);
  return ready > 0;
}

}  // namespace

Ended run_apart(const std::function<std::string()>& body, std::chrono::milliseconds limit) {
  const Paper said("said");
  const Paper out("stdout");
  const Paper errors("stderr");
  std::fflush(nullptr);  // or the child would write it a second time
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) live_apart(body, said, out, errors, parent);
  ::setpgid(child, child);  // here as well: whoever comes first
  const bool in_time = wait_for_end(child, limit);
  ::kill(-child, SIGKILL);  // and what it may have left behind
  int status = 0;
  ::waitpid(child, &status, 0);

  Ended ended{said.read(most_said), false, "", out.read(most_printed), errors.read(most_printed)};
  ended.returned = in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0 && ended.said.ends_with(whole);
  if (ended.returned) {
    ended.said.pop_back();
  } else {
    ended.how = in_time
                    ? how_it_ended(status)
                    : fmt::format("did not end within {} s", std::chrono::duration<double>(limit).count());
  }
  return ended;
}

}  // namespace oddity::conformance
