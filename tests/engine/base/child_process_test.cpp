// A child process with a time limit: how it ended, and that nothing of it stays.
#include "base/child_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace oddity {
namespace {

constexpr std::chrono::seconds patience(20);

TEST(RunInChild, TellsHowTheChildEnded) {
  const auto exited = run_in_child([] { ::_exit(7); }, patience);
  ASSERT_TRUE(exited && WIFEXITED(*exited));
  EXPECT_EQ(WEXITSTATUS(*exited), 7);
  const auto killed = run_in_child([] { ::raise(SIGKILL); }, patience);
  ASSERT_TRUE(killed && WIFSIGNALED(*killed));
  EXPECT_EQ(WTERMSIG(*killed), SIGKILL);
  const auto returned = run_in_child([] {}, patience);
  ASSERT_TRUE(returned && WIFEXITED(*returned));
  EXPECT_NE(WEXITSTATUS(*returned), 0) << "a body that returns is no success";
}

TEST(RunInChild, EndsAChildThatTakesTooLong) {
  EXPECT_EQ(run_in_child([] { ::pause(); }, std::chrono::milliseconds(50)), std::nullopt);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "it is collected";
  EXPECT_EQ(errno, ECHILD);
}

/// As a program may do that has the engine as a library.
TEST(RunInChild, IsNotDelayedWhereChildrenAreIgnored) {
  const auto before = ::signal(SIGCHLD, SIG_IGN);
  const MemoryFile said("said");
  const auto ended = run_in_child(
      [&] {
        said.write("here");
        ::_exit(0);
      },
      std::chrono::hours(1));
  ::signal(SIGCHLD, before);
  EXPECT_EQ(ended, 0);
  EXPECT_EQ(said.read(10), "here");
}

TEST(RunInChild, BringsBackWhatIsWrittenToAMemoryFile) {
  const MemoryFile said("said");
  const std::string text(1 << 20, 'x');
  run_in_child(
      [&] {
        said.write(text);
        ::_exit(0);
      },
      patience);
  EXPECT_EQ(said.read(text.size() * 2), text);
  EXPECT_EQ(said.read(3), "xxx");
}

TEST(MemoryFile, IsEmptyAtFirst) { EXPECT_EQ(MemoryFile("none").read(10), ""); }

}  // namespace
}  // namespace oddity
