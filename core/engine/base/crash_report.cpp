#include "base/crash_report.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "base/running_call.hpp"

namespace oddity {
namespace {

constexpr std::size_t stack_bytes = 64 * 1024;
constexpr std::array<int, 5> crashes{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/// Read by the signal handler, which takes no argument; written once, before any handler can run.
int log_descriptor = -1;

std::string_view name_of(int signal) noexcept {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV: invalid memory access";
    case SIGBUS:
      return "SIGBUS: memory that is not there, such as a library that was overwritten";
    case SIGFPE:
      return "SIGFPE: invalid arithmetic";
    case SIGILL:
      return "SIGILL: invalid instruction, such as a library for another processor";
    default:
      return "SIGABRT: aborted";
  }
}

/// Calls only what is safe in a signal handler.
void tell_and_die(int signal) {
  std::array<char, 1024> line{};
  std::size_t used = 0;
  const auto append = [&](std::string_view text) {
    used += text.copy(line.data() + used, line.size() - used - 1);
  };
  append("oddity: crashed (");
  append(name_of(signal));
  append(") in ");
  if (const RunningCall* call = RunningCall::of_this_thread()) {
    call->append_to(line, used);
  } else {
    append("the agent itself");
  }
  for (std::size_t i = 0; i < used; ++i) {
    if (static_cast<unsigned char>(line[i]) < 0x20) line[i] = ' ';
  }
  line[used < line.size() ? used++ : used - 1] = '\n';
  if (::write(log_descriptor, line.data(), used) < 0) {
    // There is no way to report it.
  }
  // What the detector printed as its last words is still on its way to the log, by another thread.
  const timespec moment{0, 100'000'000};
  ::nanosleep(&moment, nullptr);
  ::raise(signal);  // SA_RESETHAND: the default action now
}

}  // namespace

void report_crashes(int log) noexcept {
  log_descriptor = log;
  struct sigaction tell {};
  tell.sa_handler = &tell_and_die;
  tell.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  ::sigemptyset(&tell.sa_mask);
  for (const int signal : crashes) {
    struct sigaction present {};
    ::sigaction(signal, nullptr, &present);
    if ((present.sa_flags & SA_SIGINFO) == 0 && present.sa_handler == SIG_DFL)
      ::sigaction(signal, &tell, nullptr);
  }
}

CrashStack::CrashStack()
    : memory_(::mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
  if (memory_ == MAP_FAILED) return;
  stack_t stack{};
  stack.ss_sp = memory_;
  stack.ss_size = stack_bytes;
  ::sigaltstack(&stack, nullptr);
}

CrashStack::~CrashStack() {
  if (memory_ == MAP_FAILED) return;
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  ::sigaltstack(&none, nullptr);
  ::munmap(memory_, stack_bytes);
}

}  // namespace oddity
