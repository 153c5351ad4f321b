#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "standin/standin.hpp"

namespace oddity::test {
namespace {

class MovingAvg : public StandIn {
 public:
  explicit MovingAvg(const udf::Request& init = Init().field("value").size(3).text("as", "mean"))
      : StandIn(ODDITY_EXAMPLES "moving_avg", {}) {
    send(init);
    const auto answer = next();
    EXPECT_TRUE(answer && answer->has_init());
    EXPECT_TRUE(answer && answer->init().success()) << answer->init().error();
  }
  static udf::Request in_group(const char* group, double value) {
    return point_request({"m", std::string("host=") + group, {{"host", group}}}, 1, {{"value", value}});
  }
  double mean_after(const char* group, double value) {
    send(in_group(group, value));
    const auto answer = next();
    EXPECT_TRUE(answer && answer->has_point());
    return answer ? field_of(answer->point(), "mean") : std::nan("");
  }
  std::string snapshot() {
    send(snapshot_request());
    return next()->snapshot().snapshot();
  }
  bool restore(const std::string& state) {
    send(restore_request(state));
    return next()->restore().success();
  }
};

TEST(MovingAvg, IsTheMeanOfTheLatestValues) {
  MovingAvg average;
  EXPECT_EQ(average.mean_after("a", 1), 1);
  EXPECT_EQ(average.mean_after("a", 3), 2);
  EXPECT_EQ(average.mean_after("a", 5), 3);
  EXPECT_EQ(average.mean_after("a", 10), 6) << "the first has left";
}

TEST(MovingAvg, EachGroupHasItsOwn) {
  MovingAvg average;
  EXPECT_EQ(average.mean_after("a", 1), 1);
  EXPECT_EQ(average.mean_after("b", 100), 100);
  EXPECT_EQ(average.mean_after("a", 3), 2);
}

TEST(MovingAvg, AnIntegerIsANumber) {
  MovingAvg average;
  udf::Request request = point_request({}, 1, {});
  auto& field = *request.mutable_point()->add_fieldsint();
  field.set_key("value");
  field.set_value(7);
  average.send(request);
  const auto answer = average.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(field_of(answer->point(), "mean"), 7);
  EXPECT_EQ(answer->point().fieldsint_size(), 0) << "only the mean goes on";
}

TEST(MovingAvg, WhatIsMissingIsNotZero) {
  MovingAvg average;
  EXPECT_EQ(average.mean_after("a", 4), 4);
  average.send(point_request({"m", "host=a", {}}, 1, {{"other", 1}}));
  average.send(MovingAvg::in_group("a", std::numeric_limits<double>::quiet_NaN()));
  average.send(MovingAvg::in_group("a", std::numeric_limits<double>::infinity()));
  EXPECT_EQ(average.mean_after("a", 6), 5);
}

TEST(MovingAvg, NameTagsAndDimensionsStay) {
  MovingAvg average;
  udf::Request request = MovingAvg::in_group("a", 1);
  request.mutable_point()->set_name("m");
  request.mutable_point()->set_database("db");
  request.mutable_point()->add_dimensions("host");
  request.mutable_point()->set_byname(true);
  average.send(request);
  const auto answer = average.next();
  ASSERT_TRUE(answer && answer->has_point());
  udf::Point expected = request.point();
  expected.mutable_fieldsdouble(0)->set_key("mean");
  EXPECT_EQ(answer->point().SerializeAsString(), expected.SerializeAsString());
}

TEST(MovingAvg, ARestoredOneGoesOnAsIfNothingHadHappened) {
  MovingAvg before;
  before.mean_after("a", 1);
  before.mean_after("b", 5);
  before.mean_after("a", 3);
  const std::string state = before.snapshot();
  MovingAvg after;
  EXPECT_TRUE(after.restore(state));
  EXPECT_EQ(after.snapshot(), state) << "byte for byte";
  EXPECT_EQ(after.mean_after("a", 5), 3);
  EXPECT_EQ(after.mean_after("b", 7), 6);
}

TEST(MovingAvg, AnotherSizeKeepsTheNewest) {
  MovingAvg before;
  for (const double value : {1, 2, 3}) before.mean_after("a", value);
  MovingAvg after(Init().field("value").size(2).text("as", "mean"));
  EXPECT_TRUE(after.restore(before.snapshot()));
  EXPECT_EQ(after.mean_after("a", 5), 4) << "of 3 and 5";
}

TEST(MovingAvg, AStateThatCannotBeUsedStartsAfreshAndSaysSo) {
  MovingAvg before;
  before.mean_after("a", 1);
  const std::string state = before.snapshot();
  MovingAvg other(Init().field("other").size(3));
  for (const std::string& unusable :
       {state, std::string("garbage"), state.substr(0, state.size() - 1), std::string()}) {
    EXPECT_TRUE(other.restore(unusable)) << "a refusal would stop the task until it is deleted";
  }
  other.close_input();
  other.exit_code();
  EXPECT_NE(other.log().find("moving_avg: state lost, starting afresh: it is of another field"),
            std::string::npos)
      << other.log();
}

TEST(MovingAvg, WrongOptionsAreSaidAndItLeaves) {
  StandIn average(ODDITY_EXAMPLES "moving_avg", {});
  average.send(Init().size(0));
  const auto answer = average.next();
  ASSERT_TRUE(answer && answer->has_init());
  EXPECT_FALSE(answer->init().success());
  EXPECT_NE(answer->init().error().find("option 'field': expected a text, got nothing"), std::string::npos)
      << answer->init().error();
  EXPECT_NE(answer->init().error().find("option 'size': expected a whole number from 1 to 1000000, got 0"),
            std::string::npos);
  EXPECT_EQ(average.exit_code(), 1) << "Kapacitor would never end it";
}

TEST(MovingAvg, InfoDeclaresItsOptions) {
  StandIn average(ODDITY_EXAMPLES "moving_avg", {});
  average.send(info_request());
  const auto answer = average.next();
  ASSERT_TRUE(answer && answer->has_info());
  EXPECT_EQ(answer->info().wants(), udf::STREAM);
  EXPECT_EQ(answer->info().options().at("field").valuetypes(0), udf::STRING);
  EXPECT_EQ(answer->info().options().at("size").valuetypes(0), udf::INT);
  EXPECT_EQ(answer->info().options().at("as").valuetypes(0), udf::STRING);
}

}  // namespace
}  // namespace oddity::test
