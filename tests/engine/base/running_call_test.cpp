#include "base/running_call.hpp"

#include <gtest/gtest.h>

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
  const RunningCall::Inside inside(call, std::string(200, 'd'), &group);
  std::array<char, 1024> text{};
  std::size_t used = 900;
  call.append_to(text, used);
  EXPECT_EQ(used, text.size());
}

}  // namespace
}  // namespace oddity
