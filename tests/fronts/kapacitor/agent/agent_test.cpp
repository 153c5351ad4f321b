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

/// A handler that answers each point by one of its own, and keeps its options.
class CustomFunction : public test::Echo {
 public:
  void init(const udf::InitRequest& request) override { initialised = request; }
  bool point(wire::Bytes body, wire::Responses& out) override {
    udf::Point input, answer;
    if (!input.ParseFromArray(body.data(), static_cast<int>(body.size()))) return false;
    answer.set_name(input.name());
    answer.set_time(input.time());
    answer.set_group(input.group());
    *answer.mutable_tags() = input.tags();
    auto& field = *answer.add_fieldsdouble();
    field.set_key("customField");
    field.set_value(42);
    return out.point(answer);
  }
  udf::InitRequest initialised;
};

/// Kapacitor's own test of a custom function: .opt1('count').opt2(FALSE, 1, 1.0, '1.0', 1s).
TEST(CustomFunction, GetsFiveValuesOfFiveTypesInOrderAndAnswersAPoint) {
  test::Init init;
  init.ids("TestStream_CustomFunctions", "customFunc4").text("opt1", "count");
  udf::Request request = init;
  udf::Option& five = *request.mutable_init()->add_options();
  five.set_name("opt2");
  five.add_values()->set_boolvalue(false);  // a member that is there, though all its bits are 0
  for (const auto type : {udf::INT, udf::DOUBLE, udf::STRING, udf::DURATION})
    five.add_values()->set_type(type);
  five.mutable_values(1)->set_intvalue(1);
  five.mutable_values(2)->set_doublevalue(1.0);
  five.mutable_values(3)->set_stringvalue("1.0");
  five.mutable_values(4)->set_durationvalue(1'000'000'000);

  CustomFunction function;
  Agent agent(function);
  wire::Responses out;
  EXPECT_EQ(agent.answer(wire::as_bytes(request.SerializeAsString()), out), Next::adopt_limits);
  EXPECT_EQ(function.initialised.SerializeAsString(), request.init().SerializeAsString());
  EXPECT_TRUE(function.initialised.options(1).values(0).has_boolvalue());
  out.clear();

  const test::Batch batch{"cpu", "", {}, false, 0};
  udf::Request point = test::point_request(batch, 31'536'010'000'000'000, {{"count", 10}});
  point.mutable_point()->set_name("cpu");
  EXPECT_EQ(agent.answer(wire::as_bytes(point.SerializeAsString()), out), Next::go_on);
  udf::Response answer;
  ASSERT_TRUE(answer.ParseFromString(out.frames().substr(1)));
  EXPECT_EQ(answer.point().name(), "cpu");
  EXPECT_EQ(answer.point().time(), 31'536'010'000'000'000);
  EXPECT_EQ(test::field_of(answer.point(), "customField"), 42);
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
