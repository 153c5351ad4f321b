#include "keeper/stop_signals.hpp"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace oddity::live {

StopSignals::StopSignals() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  sigset_t asked;
  sigemptyset(&asked);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) sigaddset(&asked, signal);
  ::pthread_sigmask(SIG_BLOCK, &asked, nullptr);
  descriptor_ = ::signalfd(-1, &asked, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
}

StopSignals::~StopSignals() { ::close(descriptor_); }

int StopSignals::next() const noexcept {
  signalfd_siginfo came{};
  while (::read(descriptor_, &came, sizeof came) == sizeof came) {
    if (came.ssi_signo != SIGCHLD) return static_cast<int>(came.ssi_signo);
  }
  return 0;
}

}  // namespace oddity::live
