#include "agent/agent.hpp"

#include <gtest/gtest.h>

#include "echo.hpp"
#include "standin/standin.hpp"
#include "wire/frame.hpp"

namespace oddity::agent {
namespace {

class AgentTest : public testing::Test {
 protected:
  Next send(const udf::Request& request) {
    const std::string frame = request.SerializeAsString();
    return agent.answer(wire::as_bytes(frame), out);
  }
  udf::Response answer() {
    wire::Bytes rest = wire::as_bytes(out.frames());
    wire::Bytes frame;
    udf::Response response;
    EXPECT_EQ(wire::take_frame(rest, frame), wire::FrameOutcome::complete);
    EXPECT_TRUE(response.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    return response;
  }
  test::Echo echo;
  Agent agent{echo};
  wire::Responses out;
};

TEST_F(AgentTest, InfoInitSnapshotAndRestoreAreAnswered) {
  EXPECT_EQ(send(test::info_request()), Next::go_on);
  EXPECT_TRUE(answer().has_info());
  out.clear();
  EXPECT_EQ(send(test::Init()), Next::adopt_limits);
  EXPECT_TRUE(answer().init().success());
  out.clear();
  EXPECT_EQ(send(test::snapshot_request()), Next::go_on);
  EXPECT_EQ(answer().snapshot().snapshot(), "{42}");
  out.clear();
  EXPECT_EQ(send(test::restore_request("abc")), Next::go_on);
  EXPECT_TRUE(answer().restore().success());
  EXPECT_EQ(echo.restored, "abc");
}

TEST_F(AgentTest, AFailedInitSaysWhyAndLeaves) {
  udf::Request request = test::Init();
  request.mutable_init()->set_taskid("wrong");
  EXPECT_EQ(send(request), Next::leave_failed);
  EXPECT_FALSE(answer().init().success());
  EXPECT_EQ(answer().init().error(), "option 'x': expected y, got z");
}

TEST_F(AgentTest, ARefusedRestoreSaysWhyAndLeaves) {
  EXPECT_EQ(send(test::restore_request("refuse")), Next::leave_failed);
  EXPECT_FALSE(answer().restore().success());
}

TEST_F(AgentTest, AnExceptionBecomesTheTasksError) {
  udf::Request request = test::Init();
  request.mutable_init()->set_taskid("broken");
  EXPECT_EQ(send(request), Next::leave_failed);
  EXPECT_EQ(answer().error().error(), "broken inside");
}

/// Kapacitor waits for the answer to a snapshot without limit, and an error would end the task.
TEST_F(AgentTest, ASnapshotThatFailsIsAnEmptyOne) {
  echo.snapshot_fails = true;
  EXPECT_EQ(send(test::snapshot_request()), Next::go_on);
  EXPECT_TRUE(answer().has_snapshot());
  EXPECT_EQ(answer().snapshot().snapshot(), "");
}

TEST_F(AgentTest, KeepalivesAreLeftToTheReader) {
  EXPECT_EQ(send(test::keepalive_request(1)), Next::go_on);
  EXPECT_TRUE(out.frames().empty());
  EXPECT_EQ(agent.frames_dropped(), 0u);
}

TEST_F(AgentTest, WhatCannotBeReadIsCountedAndSkipped) {
  EXPECT_EQ(agent.answer({}, out), Next::go_on);
  EXPECT_EQ(agent.answer(wire::as_bytes("\xff\xff"), out), Next::go_on);
  EXPECT_EQ(agent.answer(wire::as_bytes(std::string("\x8a\x01\x02\x41\x00", 5)), out), Next::go_on);
  EXPECT_EQ(agent.frames_dropped(), 3u);
  EXPECT_TRUE(out.frames().empty());
}

/// The echo cases of Kapacitor's own tests: a point and a batch come back as they went.
TEST_F(AgentTest, APointIsMirroredByteForByte) {
  test::Batch batch{"test", "g", {{"t1", "v1"}, {"t2", "v2"}}, false, 99};
  udf::Request request = test::point_request(batch, 42, {{"f1", 1.0}, {"f2", 2.0}});
  request.mutable_point()->set_database("db");
  request.mutable_point()->set_retentionpolicy("rp");
  send(request);
  EXPECT_EQ(answer().point().SerializeAsString(), request.point().SerializeAsString());
}

}  // namespace
}  // namespace oddity::agent
