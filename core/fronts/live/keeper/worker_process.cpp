#include "keeper/worker_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "exchange/worker_descriptors.hpp"

namespace oddity::live {
namespace {

using Pipe = std::array<int, 2>;

Pipe make_pipe() {
  Pipe ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  ::fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);  // a wish
  return ends;
}

/// In the child: the descriptors a worker expects, through places above them so that none is overwritten early.
[[noreturn]] void become(char* const* arguments, int in, int out, int in_hand, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  constexpr int above = 16;
  const int places[][2] = {{::fcntl(in, F_DUPFD, above), worker_in},
                           {::fcntl(out, F_DUPFD, above), worker_out},
                           {::fcntl(in_hand, F_DUPFD, above), worker_in_hand}};
  for (const auto& [from, to] : places) {
    if (::dup2(from, to) < 0) ::_exit(1);
    ::close(from);
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  ::execv(arguments[0], arguments);
  ::_exit(1);
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& command, const SharedInHand& in_hand) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const Pipe to = make_pipe();
  const Pipe from = make_pipe();
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become(arguments.data(), to[0], from[1], in_hand.descriptor(), parent);
  const int error = errno;
  ::close(to[0]);
  ::close(from[1]);
  in_ = to[1];
  out_ = from[0];
  if (pid_ < 0) {
    ::close(in_);
    ::close(out_);
    throw std::system_error(error, std::generic_category(), "fork");
  }
  ::fcntl(in_, F_SETFL, O_NONBLOCK);
  ::fcntl(out_, F_SETFL, O_NONBLOCK);
}

WorkerProcess::~WorkerProcess() {
  if (!ended()) {
    kill();
    ended(true);
  }
  finish();
  ::close(out_);
}

bool WorkerProcess::send() {
  while (sent_ < pending_.size()) {
    const ssize_t wrote = ::write(in_, pending_.data() + sent_, pending_.size() - sent_);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno == EAGAIN;
    sent_ += static_cast<std::size_t>(wrote);
  }
  pending_.clear();
  sent_ = 0;
  return true;
}

bool WorkerProcess::receive() {
  constexpr std::size_t at_once = std::size_t{1} << 18;
  const ssize_t got = ::read(out_, cutter_.room(at_once), at_once);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  cutter_.filled(static_cast<std::size_t>(got));
  return got > 0;
}

void WorkerProcess::kill() noexcept { ::kill(pid_, SIGKILL); }

void WorkerProcess::finish() noexcept {
  if (in_ >= 0) ::close(std::exchange(in_, -1));
}

std::optional<int> WorkerProcess::ended(bool wait) noexcept {
  if (status_) return status_;
  int status = 0;
  pid_t found = 0;
  do {
    found = ::waitpid(pid_, &status, wait ? 0 : WNOHANG);
  } while (found < 0 && errno == EINTR);
  if (found == pid_) status_ = status;
  if (found < 0) status_ = 0;
  return status_;
}

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status))
    return fmt::format("by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  return fmt::format("with exit status {}", WEXITSTATUS(status));
}

bool is_crash(int status) noexcept {
  if (!WIFSIGNALED(status)) return WEXITSTATUS(status) != 0;
  const int signal = WTERMSIG(status);
  return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGABRT ||
         signal == SIGTRAP || signal == SIGSYS;
}

}  // namespace oddity::live
