#include "base/running_call.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace oddity {
namespace {

TEST(RunningCall, OutsideOfCallsItIsTheAgent) {
  RunningCall call;
  EXPECT_EQ(call.what(), "the agent");
  EXPECT_EQ(call.where(), "");
  call.set_use("task 't', node 'n'");
  EXPECT_EQ(call.where(), "task 't', node 'n'");
}

TEST(RunningCall, InsideItNamesDetectorAndGroup) {
  RunningCall call;
  call.set_use("task 't', node 'n'");
  const std::string group = "host=a";
  {
    const RunningCall::Inside inside(call, "ttest", &group);
    std::thread([&] {  // as the session asks, from its own thread
      EXPECT_EQ(call.what(), "detector 'ttest'");
      EXPECT_EQ(call.where(), "task 't', node 'n', group 'host=a'");
      EXPECT_EQ(RunningCall::of_this_thread(), nullptr);
    })
        .join();
    EXPECT_EQ(RunningCall::of_this_thread(), &call);
  }
  EXPECT_EQ(call.what(), "the agent");
  EXPECT_EQ(RunningCall::of_this_thread(), nullptr);
}

/// Whatever moment it asks at, a reader finds whole texts. (Under the thread sanitizer: and no race.)
///
/// It asks as the session does, with pauses: a call's end waits for who is reading, so a reader without pauses could
/// keep calls from being made at all where the machine is busy. It asks until it came in the middle of 200.
TEST(RunningCall, IsReadWhileCallsComeAndGo) {
  RunningCall call;
  std::atomic<bool> done{false};
  std::thread worker([&] {
    for (int i = 0; !done; ++i) {
      const std::string group(static_cast<std::size_t>(i % 300), 'g');
      const RunningCall::Inside inside(call, i % 2 == 0 ? "ttest" : "ks", &group);
    }
  });
  for (int seen_inside = 0; seen_inside < 200;) {
    const std::string what = call.what();
    const std::string where = call.where();
    if (what != "the agent") ++seen_inside;
    EXPECT_TRUE(what == "the agent" || what == "detector 'ttest'" || what == "detector 'ks'") << what;
    EXPECT_EQ(where.find_first_not_of('g', where.empty() ? 0 : 7),
              where.empty() ? where.npos : where.size() - 1)
        << where;
    std::this_thread::sleep_for(std::chrono::microseconds(1));
  }
  done = true;
  worker.join();
}

TEST(RunningCall, AtATasksStartThereIsNoGroup) {
  RunningCall call;
  const RunningCall::Inside inside(call, "ks", nullptr);
  EXPECT_EQ(call.where(), "");
  EXPECT_EQ(call.what(), "detector 'ks'");
}

TEST(RunningCall, TheSignalHandlersTextIsCutWhereItDoesNotFit) {
  RunningCall call;
  call.set_use(std::string(1000, 'u'));
  const std::string group(5000, 'g');
  const std::string detector(200, 'd');
  const RunningCall::Inside inside(call, detector, &group);
  std::array<char, 1024> text{};
  std::size_t used = 900;
  call.append_to(text, used);
  EXPECT_EQ(used, text.size());
}

}  // namespace
}  // namespace oddity
