#include "plugin/probe.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <sstream>

#include "plugin/reasons.hpp"

namespace oddity::plugin {
namespace {

using Clock = std::chrono::steady_clock;

/// What the child says on its pipe, until it closes it or the time is up.
std::optional<std::string> read_all(int pipe, Clock::time_point until) {
  constexpr std::size_t longest = 4096;
  std::string text;
  std::array<char, 1024> buffer;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    pollfd ready{pipe, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) == 0) return std::nullopt;
    const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    if (text.size() < longest) text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

/// Waits for the child's end without going past the limit. std::nullopt: it had to be killed.
std::optional<int> reap(pid_t child, Clock::time_point until) {
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() >= until) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return std::nullopt;
    }
    ::usleep(500);
  }
  return status;
}

/// Between fork and exec: only calls that are safe there. `say` becomes the child's descriptor 3; `size` may
/// be null.
[[noreturn]] void become_probe(const char* executable, const char* file, const char* size, int say,
                               pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, 0);
  ::dup2(nothing, 1);
  ::dup2(nothing, 2);
  if (say == 3) {
    ::fcntl(say, F_SETFD, 0);
  } else {
    ::dup2(say, 3);
  }
  ::execl(executable, executable, "probe", file, size, static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

std::string Probe::run(const std::filesystem::path& file) const {
  const Answer answer = ask(file, nullptr);
  if (!answer.wrong.empty() || answer.said == probe_passed) return answer.wrong;
  return answer.said.empty() ? reasons::left(file, 0).sentence() : answer.said;
}

Measured Probe::measure(const std::filesystem::path& file, std::uint64_t size) const {
  Measured measured;
  const Answer answer = ask(file, std::to_string(size).c_str());
  measured.wrong = answer.wrong;
  std::istringstream words(answer.said);
  std::string passed;
  words >> passed >> measured.size >> measured.samples >> measured.memory >> measured.state;
  if (measured.wrong.empty() && (passed != probe_passed || !words))
    measured.wrong = reasons::left(file, 0).sentence();
  return measured;
}

Probe::Answer Probe::ask(const std::filesystem::path& file, const char* size) const {
  const auto no_probe = [&] {
    return Answer{reasons::not_probed(file, std::strerror(errno)).sentence(), {}};
  };
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return no_probe();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) become_probe(executable_.c_str(), file.c_str(), size, ends[1], parent);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return no_probe();
  }
  const auto until = Clock::now() + limit_;
  const auto said = read_all(ends[0], until);
  ::close(ends[0]);
  const auto status = reap(child, said ? until : Clock::now());
  if (!said || !status)
    return {reasons::too_slow(file, std::chrono::duration<double>(limit_).count()).sentence(), {}};
  if (WIFSIGNALED(*status)) return {reasons::crashed(file, ::strsignal(WTERMSIG(*status))).sentence(), {}};
  if (WEXITSTATUS(*status) == 0) return {{}, *said};
  if (WEXITSTATUS(*status) == 127)
    return {reasons::not_probed(file, "'" + executable_.string() + "' does not run").sentence(), {}};
  return {said->empty() ? reasons::left(file, WEXITSTATUS(*status)).sentence() : *said, {}};
}

}  // namespace oddity::plugin
