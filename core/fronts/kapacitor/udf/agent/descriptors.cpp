#include "agent/descriptors.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace oddity::agent {

namespace {
constexpr int first_private = 10;  // away from code that assumes the low numbers
}

int copy_stderr() { return ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, first_private); }

int take_stdin() {
  const int copy = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, first_private);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(nothing, STDIN_FILENO);
  if (nothing > STDERR_FILENO) ::close(nothing);
  return copy;
}

int take_stdout() {
  const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, first_private);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return copy;
}

int watch_signals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t watched;
  ::sigemptyset(&watched);
  ::sigaddset(&watched, SIGTERM);
  if (::isatty(STDIN_FILENO) == 1) {
    ::sigaddset(&watched, SIGINT);
  } else {
    ::signal(SIGINT, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
  }
  ::sigprocmask(SIG_BLOCK, &watched, nullptr);
  return ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace oddity::agent
