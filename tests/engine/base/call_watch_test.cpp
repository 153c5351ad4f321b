#include "base/call_watch.hpp"

#include <gtest/gtest.h>

#include <future>

namespace oddity {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Watch : public testing::Test {
 protected:
  CallWatch::Stuck tell() {
    return [this](const std::string& sentence) { told_.set_value(sentence); };
  }
  std::promise<std::string> told_;
  RunningCall running_;
  const std::string group_ = "host=a";
};

TEST_F(Watch, NamesTheCallThatDoesNotReturn) {
  CallWatch watch(milliseconds(20), tell());
  const CallWatch::Watched watched(watch, running_);
  const RunningCall::Inside inside(running_, "ttest", &group_);
  auto told = told_.get_future();
  ASSERT_EQ(told.wait_for(seconds(60)), std::future_status::ready);
  EXPECT_EQ(told.get(), "detector 'ttest' did not return within 0.02 s (group 'host=a')");
}

TEST_F(Watch, ManyShortCallsAreNoLongOne) {
  CallWatch watch(seconds(1), tell());
  const CallWatch::Watched watched(watch, running_);
  const auto end = std::chrono::steady_clock::now() + milliseconds(1300);
  while (std::chrono::steady_clock::now() < end) {
    const RunningCall::Inside inside(running_, "ttest", &group_);
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(told_.get_future().wait_for(milliseconds(0)), std::future_status::timeout);
}

TEST_F(Watch, WhatIsNotWatchedAnyMoreIsNotLookedAt) {
  CallWatch watch(milliseconds(20), tell());
  { const CallWatch::Watched watched(watch, running_); }
  const RunningCall::Inside inside(running_, "ttest", &group_);
  EXPECT_EQ(told_.get_future().wait_for(milliseconds(200)), std::future_status::timeout);
}

TEST_F(Watch, WithoutCallsNothingIsStuck) {
  CallWatch watch(milliseconds(10), tell());
  const CallWatch::Watched watched(watch, running_);
  EXPECT_EQ(told_.get_future().wait_for(milliseconds(100)), std::future_status::timeout);
}

}  // namespace
}  // namespace oddity
