#include "plugin/probe.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <sstream>
#include <system_error>

#include "base/child_process.hpp"
#include "plugin/reasons.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest = 4096;  ///< bytes of what the child says that are read

/// Running /proc/self/exe runs what the kernel has started. Under valgrind that is valgrind, which ends at once;
/// but whoever reads the link is told the name of our file, and that is run. Where the file was replaced
/// meanwhile, no file has that name, and the link still leads to what we are.
fs::path what_runs(const fs::path& executable) {
  std::error_code none;
  const fs::path named = executable == "/proc/self/exe" ? fs::read_symlink(executable, none) : executable;
  return fs::exists(named, none) ? named : executable;
}

/// Between fork and exec: only calls that are safe there. `say` becomes the child's
/// descriptor 3; `size` may be null.
[[noreturn]] void become_probe(const char* executable, const char* file, const char* size, int say) {
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
  if (executable_.empty()) return {};
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
  std::optional<int> status;
  std::string said;
  const fs::path program = what_runs(executable_);
  try {
    const MemoryFile listener("probe");
    status = run_in_child([&] { become_probe(program.c_str(), file.c_str(), size, listener.descriptor()); },
                          limit_);
    said = listener.read(longest);
  } catch (const std::system_error& failure) {
    return {reasons::not_probed(file, failure.code().message()).sentence(), {}};
  }
  if (!status) return {reasons::too_slow(file, std::chrono::duration<double>(limit_).count()).sentence(), {}};
  if (WIFSIGNALED(*status)) return {reasons::crashed(file, WTERMSIG(*status)).sentence(), {}};
  if (WEXITSTATUS(*status) == 0) return {{}, said};
  if (WEXITSTATUS(*status) == 127)
    return {reasons::not_probed(file, "'" + executable_.string() + "' does not run").sentence(), {}};
  return {said.empty() ? reasons::left(file, WEXITSTATUS(*status)).sentence() : said, {}};
}

}  // namespace oddity::plugin
