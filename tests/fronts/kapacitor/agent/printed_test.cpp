// Descriptors 1 and 2 are the test's own, too: nothing is expected before they are back.
#include "agent/printed.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

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

/// What a log holds after `print`, descriptors 1 and 2 being Printed's meanwhile, and then as they were.
template <class Print>
std::string logged(Print&& print) {
  const int one = ::dup(1), two = ::dup(2);
  test::LogPipe log;
  {
    const Printed printed(log.log, log.descriptor());
    print();
  }
  for (const auto& [from, to] : {std::pair(one, 1), std::pair(two, 2)}) {
    ::dup2(from, to);
    ::close(from);
  }
  return log.read();
}

TEST(Printed, WhatIsPrintedToEitherBecomesLinesOfTheLog) {
  EXPECT_EQ(logged([] {
              say(1, "to one\nand ");
              say(1, "on\n");
              say(2, "to two\n\n\nwithout an end");
            }),
            "oddity: printed by a plugin: to one\noddity: printed by a plugin: and on\n"
            "oddity: printed by a plugin: to two\noddity: printed by a plugin: without an end\n");
}

TEST(Printed, ALineOfHundredKilobytesIsCutAndBlocksNobody) {
  const std::string text = logged([] {
    for (int i = 0; i < 3; ++i) say(2, std::string(100 * 1024, 'x') + "\n");
    say(2, "short\n");
  });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text.size();
  EXPECT_LE(text.size(), 4u * 4096);
  EXPECT_TRUE(text.ends_with("oddity: printed by a plugin: short\n"));
}

TEST(Printed, OfAFloodOnlySomeLinesASecondAreTold) {
  const std::string text = logged([] {
    for (int i = 0; i < 100'000; ++i) say(2, "again\n");
  });
  EXPECT_NE(text.find("more lines were printed by plugins\n"), std::string::npos) << text.substr(0, 200);
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 50'000);
}

TEST(Printed, AfterwardsBothLeadToTheLog) {
  std::string text;
  {
    const int one = ::dup(1), two = ::dup(2);
    test::LogPipe log;
    { const Printed printed(log.log, log.descriptor()); }
    say(1, "a");
    say(2, "b");
    ::dup2(one, 1);
    ::dup2(two, 2);
    ::close(one);
    ::close(two);
    text = log.read();
  }
  EXPECT_EQ(text, "ab");
}

TEST(Printed, AChildThatIsLeftBehindIsNotWaitedFor) {
  pid_t child = 0;
  const std::string text = logged([&] {
    child = ::fork();
    if (child == 0) {
      ::execl("/bin/sleep", "sleep", "60", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    say(2, "gone\n");
  });
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(text, "oddity: printed by a plugin: gone\n");
}

}  // namespace
}  // namespace oddity::agent
