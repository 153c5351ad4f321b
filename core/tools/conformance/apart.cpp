#include "conformance/apart.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "base/child_process.hpp"

namespace oddity::conformance {
namespace {

constexpr std::size_t most_printed = 64 << 10;
constexpr std::size_t most_said = 64 << 20;
constexpr char whole = '.';  ///< ends what was said, so that nothing is known to be missing

[[noreturn]] void live_apart(const std::function<std::string()>& body, const MemoryFile& said,
                             const MemoryFile& out, const MemoryFile& errors) {
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

}  // namespace

Ended run_apart(const std::function<std::string()>& body, std::chrono::milliseconds limit) {
  const MemoryFile said("said");
  const MemoryFile out("stdout");
  const MemoryFile errors("stderr");
  std::fflush(nullptr);  // or the child would write it a second time
  const auto status = run_in_child([&] { live_apart(body, said, out, errors); }, limit);

  Ended ended{said.read(most_said), false, "", out.read(most_printed), errors.read(most_printed)};
  ended.returned = status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0 && ended.said.ends_with(whole);
  if (ended.returned) {
    ended.said.pop_back();
  } else {
    ended.how = status ? how_it_ended(*status)
                       : fmt::format("did not end within {} s", std::chrono::duration<double>(limit).count());
  }
  return ended;
}

}  // namespace oddity::conformance
