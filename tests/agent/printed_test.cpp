// Descriptors 1 and 2 are the test's own, too: nothing is expected while a Printed lives.
#include "agent/printed.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "support/log_pipe.hpp"

namespace oddity::agent {
namespace {

void say(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

TEST(Printed, WhatIsPrintedToEitherBecomesLinesOfTheLog) {
  test::LogPipe log;
  {
    const Printed printed(log.log, log.descriptor());
    say(1, "to one\nand ");
    say(1, "on\n");
    say(2, "to two\n\n\nwithout an end");
  }
  EXPECT_EQ(log.read(),
            "oddity: printed by a plugin: to one\noddity: printed by a plugin: and on\noddity: printed by a "
            "plugin: to two\noddity: printed by a plugin: "
            "without an "
            "end\n");
}

TEST(Printed, ALineOfHundredKilobytesIsCutAndBlocksNobody) {
  test::LogPipe log;
  {
    const Printed printed(log.log, log.descriptor());
    for (int i = 0; i < 3; ++i) say(2, std::string(100 * 1024, 'x') + "\n");
    say(2, "short\n");
  }
  const std::string text = log.read();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text.size();
  EXPECT_LE(text.size(), 4u * 4096);
  EXPECT_NE(text.find("[cut]\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("oddity: printed by a plugin: short\n"));
}

TEST(Printed, OfAFloodOnlySomeLinesASecondAreTold) {
  test::LogPipe log;
  {
    const Printed printed(log.log, log.descriptor());
    for (int i = 0; i < 100'000; ++i) say(2, "again\n");
  }
  const std::string text = log.read();
  EXPECT_NE(text.find("more lines\n"), std::string::npos) << text.substr(0, 200);
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 50'000);
}

TEST(Printed, AfterwardsBothLeadWhereTwoLedBefore) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
  const int one = ::dup(1), two = ::dup(2);
  ::dup2(ends[1], 2);
  test::LogPipe log;
  { const Printed printed(log.log, log.descriptor()); }
  say(1, "a");
  say(2, "b");
  ::dup2(one, 1);
  ::dup2(two, 2);
  std::array<char, 8> got{};
  EXPECT_EQ(::read(ends[0], got.data(), got.size()), 2);
  EXPECT_STREQ(got.data(), "ab");
  for (const int descriptor : {one, two, ends[0], ends[1]}) ::close(descriptor);
}

TEST(Printed, AChildThatIsLeftBehindIsNotWaitedFor) {
  test::LogPipe log;
  pid_t child = 0;
  {
    const Printed printed(log.log, log.descriptor());
    child = ::fork();
    if (child == 0) {
      ::execl("/bin/sleep", "sleep", "60", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    say(2, "gone\n");
  }
  EXPECT_EQ(log.read(), "oddity: printed by a plugin: gone\n");
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace oddity::agent
