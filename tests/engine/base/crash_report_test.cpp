#include "base/crash_report.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <thread>

#include "base/running_call.hpp"

namespace oddity {
namespace {

/// What a child writes that crashes inside a call, and the signal that ended it.
std::pair<std::string, int> crash(void (*how)(), bool inside = true) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    report_crashes(ends[1]);
    std::thread([&] {
      const CrashStack stack;
      RunningCall call;
      call.set_use("task 't', node 'n'");
      const std::string group = "host=a";
      if (inside) {
        const RunningCall::Inside running(call, "frail", &group);
        how();
      } else {
        how();
      }
    }).join();
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string text(4096, '\0');
  std::size_t size = 0;
  for (ssize_t got = 0; (got = ::read(ends[0], text.data() + size, text.size() - size)) > 0;)
    size += static_cast<std::size_t>(got);
  text.resize(size);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {text, WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

void give_up() { std::abort(); }
void touch_nothing() { ::raise(SIGSEGV); }
/// Not a tail call: each level needs its own room until the one below has returned.
int deeper(int depth) {
  volatile char room[4096] = {};
  room[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : deeper(depth + 1) + room[0];
}
void overflow() { deeper(0); }

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;  // a sanitizer handles these signals itself
#else
constexpr bool sanitized = false;
#endif

TEST(CrashReport, NamesDetectorTaskNodeAndGroup) {
  if (sanitized) GTEST_SKIP() << "the sanitizer reports crashes itself";
  const auto [text, signal] = crash(touch_nothing);
  EXPECT_EQ(text,
            "oddity: crashed (SIGSEGV: invalid memory access) in detector 'frail' (task 't', node 'n', group "
            "'host=a')\n");
  EXPECT_EQ(signal, SIGSEGV) << "it ends as it would have";
}

TEST(CrashReport, TellsOfAnAbort) {
  if (sanitized) GTEST_SKIP() << "the sanitizer reports crashes itself";
  const auto [text, signal] = crash(give_up);
  EXPECT_EQ(text,
            "oddity: crashed (SIGABRT: aborted) in detector 'frail' (task 't', node 'n', group 'host=a')\n");
  EXPECT_EQ(signal, SIGABRT);
}

TEST(CrashReport, TellsOfAStackThatOverflowed) {
  if (sanitized) GTEST_SKIP() << "the sanitizer reports crashes itself";
  const auto [text, signal] = crash(overflow);
  EXPECT_NE(text.find("in detector 'frail'"), std::string::npos) << text;
  EXPECT_EQ(signal, SIGSEGV);
}

TEST(CrashReport, OutsideOfCallsItWasTheAgent) {
  if (sanitized) GTEST_SKIP() << "the sanitizer reports crashes itself";
  EXPECT_EQ(crash(touch_nothing, false).first,
            "oddity: crashed (SIGSEGV: invalid memory access) in the agent itself\n");
}

}  // namespace
}  // namespace oddity
