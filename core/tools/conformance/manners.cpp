// Checks of what a plugin leaves alone: output, threads, files, the process; and of what it costs.
#include <fmt/format.h>
#include <malloc.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cfenv>
#include <chrono>
#include <clocale>
#include <filesystem>
#include <limits>

#include "conformance/apart.hpp"
#include "conformance/checks.hpp"
#include "conformance/sound_life.hpp"

namespace oddity::conformance {
namespace {

/// Loads it and does everything once.
void whole_life(const Candidate& candidate) {
  Instance instance = candidate.instance();
  Source source = candidate.source();
  play(instance, source);
  Instance again = candidate.instance();
  again.restore(instance.snapshot());
  again.footprint();
}

Ended whole_life_apart(const Candidate& candidate) {
  Ended ended = run_apart(
      [&] {
        try {
          whole_life(candidate);
          return std::string();
        } catch (const std::exception& failure) {
          return std::string(failure.what());
        }
      },
      no_limit_of_its_own);
  if (!ended.returned) throw plugin::Failure(ended.how);
  if (!ended.said.empty()) throw plugin::Failure(ended.said);
  return ended;
}

std::string beginning(const std::string& text) {
  constexpr std::size_t max = 60;
  std::string shown = text.substr(0, std::min(max, text.find('\n')));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
  return shown;
}

Result check_stdout(const Candidate& candidate) {
  const std::string printed = whole_life_apart(candidate).printed;
  if (printed.empty()) return passed();
  return failed(
      fmt::format("expected no output, got {} bytes on stdout: '{}'", printed.size(), beginning(printed)));
}

Result check_stderr(const Candidate& candidate) {
  const std::string printed = whole_life_apart(candidate).complained;
  if (printed.empty()) return passed();
  return warned(
      fmt::format("expected no output, got {} bytes on stderr: '{}'", printed.size(), beginning(printed)));
}

std::ptrdiff_t entries(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

Result check_threads(const Candidate& candidate) {
  const auto before = entries("/proc/self/task");
  whole_life(candidate);
  const auto after = entries("/proc/self/task");
  if (after > before) return failed(fmt::format("leaves {} threads behind", after - before));
  if (::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD) return failed("leaves a child process behind");
  return passed();
}

Result check_files(const Candidate& candidate) {
  const auto before = entries("/proc/self/fd");
  whole_life(candidate);
  const auto after = entries("/proc/self/fd");
  return after <= before ? passed() : warned(fmt::format("leaves {} files open", after - before));
}

/// What belongs to the whole process and may not be changed by one of its libraries.
struct ProcessState {
  std::map<std::string, std::string> parts;

  static ProcessState now() {
    ProcessState state;
    for (int number = 1; number < NSIG; ++number) {
      struct sigaction action {};
      if (::sigaction(number, nullptr, &action) != 0) continue;
      const char* const name = ::sigabbrev_np(number);
      state.parts[fmt::format("what happens at the signal {}",
                              name == nullptr ? std::to_string(number) : name)] =
          fmt::format("{}", fmt::ptr(reinterpret_cast<void*>(action.sa_handler)));
    }
    sigset_t blocked;
    ::sigprocmask(SIG_SETMASK, nullptr, &blocked);
    for (int number = 1; number < NSIG; ++number) {
      if (::sigismember(&blocked, number) == 1)
        state.parts["the blocked signals"] += fmt::format(" {}", number);
    }
    state.parts["the locale"] = std::setlocale(LC_ALL, nullptr);
    state.parts["the rounding of floating point"] = std::to_string(std::fegetround());
    volatile double min =
        std::numeric_limits<double>::min();  // volatile: at run time, as the processor is set
    state.parts["the treatment of subnormal numbers"] = min / 2 == 0 ? "flushed to zero" : "kept";
    state.parts["the working folder"] = std::filesystem::current_path().string();
    const mode_t mask = ::umask(0);
    ::umask(mask);
    state.parts["the file mode mask"] = std::to_string(mask);
    return state;
  }
};

Result check_process(const Candidate& candidate) {
  const auto before = ProcessState::now().parts;
  whole_life(candidate);
  for (const auto& [what, value] : ProcessState::now().parts) {
    const auto found = before.find(what);
    if (found == before.end() || found->second != value) return failed(fmt::format("changes {}", what));
  }
  return passed();
}

std::size_t heap_in_use() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

Result check_footprint(const Candidate& candidate) {
  constexpr std::size_t count = 100;
  constexpr double most_times_off = 3;
  constexpr double small = 512;  // bytes; nobody runs out of memory by those
  Source source = candidate.source();
  std::vector<AbiWindow> windows;
  for (int i = 0; i < 20; ++i) windows.push_back(source.noise());
  const auto algorithm = candidate.algorithm(candidate.usual_texts());
  std::vector<Instance> instances;
  instances.reserve(count);
  const std::size_t before = heap_in_use();
  for (std::size_t i = 0; i < count; ++i) {
    instances.emplace_back(algorithm, candidate.columns());
    for (const AbiWindow& window : windows) instances.back().update(window, true);
  }
  const double measured = static_cast<double>(heap_in_use() - before) / count;
  const auto said = static_cast<double>(instances.front().footprint());
  if (said == 0) return failed("expected the bytes that an instance takes, got 0");
  const std::string found =
      fmt::format("says {:.0f} bytes an instance after 400 rows, takes {:.0f}", said, measured);
  if (measured <= 0) return passed(found + " (cannot be measured here)");
  const bool off = std::max(said, measured) > most_times_off * std::min(said, measured) &&
                   std::abs(said - measured) > small;
  return off ? warned(found) : passed(found);
}

double microseconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

Result check_cost(const Candidate& candidate) {
  constexpr std::size_t history = 10'000;
  constexpr std::size_t rows = 60;
  constexpr double dear = 10'000;  // microseconds: a thousand groups with a window each every ten seconds
  OptionTexts longer;
  for (const auto& spec : candidate.description().options) {
    if (std::string_view(spec.name) == "size") longer["size"] = number_text(spec, history);
  }
  Instance instance = candidate.instance(longer);
  Source source = candidate.source();
  for (std::size_t learned = 0; learned < history; learned += rows) instance.update(source.noise(rows), true);
  std::vector<double> judging;
  std::vector<double> learning;
  for (int i = 0; i < 31; ++i) {
    const AbiWindow window = source.noise(rows);
    judging.push_back(microseconds([&] { instance.evaluate(window); }));
    learning.push_back(microseconds([&] { instance.update(window, true); }));
  }
  const auto median = [](std::vector<double>& times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                     times.end());
    return times[times.size() / 2];
  };
  const double judge = median(judging);
  const double learn = median(learning);
  const std::string found =
      fmt::format("{:.1f} us to judge and {:.1f} us to learn a window of {} rows, on {} learned", judge,
                  learn, rows, history);
  return judge + learn > dear ? warned(found) : passed(found);
}

}  // namespace

std::vector<Check> manners_checks() {
  return {
      {"no-stdout", "manners", "updates",
       "Loaded, made, run, saved, restored and ended, the plugin writes nothing to stdout. There Kapacitor "
       "reads the protocol; the agent keeps it apart, others may not. Say what went wrong by throwing, and "
       "nothing otherwise.",
       &check_stdout},
      {"no-stderr", "manners", "updates",
       "Nor does it write to stderr (a warning): every line of it lands in Kapacitor's log, for each of a "
       "thousand groups. Say it by an outcome, or by throwing.",
       &check_stderr},
      {"no-threads", "manners", "updates",
       "No thread and no child process is left behind. Kapacitor's process tree is counted and ended as "
       "one; a thread goes on inside a library while its instance is destroyed. Work in the call, and "
       "return.",
       &check_threads},
      {"no-open-files", "manners", "updates",
       "No file is left open (a warning). A thousand groups are a thousand files, where 1024 are allowed. "
       "What a detector needs to remember belongs into its state.",
       &check_files},
      {"process-untouched", "manners", "updates",
       "Signal handlers and mask, locale, rounding and subnormal numbers, working folder and file mode mask "
       "are as before. They belong to the whole process: the agent's end depends on the signals, every "
       "number that is printed on the locale, every other detector's bits on the arithmetic. Do not link "
       "with -ffast-math, which switches subnormal numbers off when the library is loaded.",
       &check_process},
      {"footprint", "manners", "destroy-frees",
       "footprint is not 0, and what it says is within three times of what the heap gives for an instance "
       "(a warning). Operators reckon with it how many groups a machine bears. Add the footprint() of the "
       "SDK parts, or capacity() times the size of an element, to sizeof *this.",
       &check_footprint},
      {"cost", "manners", "updates",
       "What a window of 60 rows costs on a history of 10000; above 10 ms in all it is a warning. Evaluate "
       "and update should take time for the window and not for the history. RollingMoments and SortedWindow "
       "show how.",
       &check_cost, true},
  };
}

}  // namespace oddity::conformance
