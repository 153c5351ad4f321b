// What is sent of a verdict: a point of its own, or the point that was judged.
#include "detection/answers.hpp"

#include <gtest/gtest.h>

#include "detect/pipeline.hpp"
#include "engine/detect/scripted.hpp"
#include "standin/standin.hpp"
#include "support/log_pipe.hpp"
#include "wire/frame.hpp"

namespace oddity::kapacitor {
namespace {

class AnswersTest : public testing::Test {
 protected:
  /// A window whose p-value is `p`; above 10: none, and no output either.
  const detect::Verdict& judged(double p) {
    window = test::window_of({5}, {{p}}, 7, "cpu\nhost=a");
    window.name = "cpu";
    window.tags = {{"dc", ""}, {"host", "a"}};
    window.by_name = true;
    return engine.judge(window);
  }
  /// The fields beside `x` that the judged point has.
  std::string point_with(std::initializer_list<const char*> more) const {
    udf::Point point;
    point.set_time(5);
    point.set_database("db");
    point.set_retentionpolicy("rp");
    point.add_fieldsdouble()->set_key("x");
    for (const char* name : more) point.add_fieldsint()->set_key(name);
    return point.SerializeAsString();
  }
  bool hand_on(const std::string& body, const detect::Verdict& verdict) {
    wire::PointHead head;
    EXPECT_TRUE(wire::decode_point_head(wire::as_bytes(body), head));
    return answers.hand_on(wire::as_bytes(body), head, verdict, out);
  }
  udf::Point sent() {
    wire::Bytes rest = wire::as_bytes(out.frames()), frame;
    EXPECT_EQ(wire::take_frame(rest, frame), wire::FrameOutcome::complete);
    udf::Response response;
    EXPECT_TRUE(response.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    return response.point();
  }

  test::LogPipe pipe;
  detect::Pipeline engine{test::plan_of({"x"}, {test::chosen<test::Scripted>()}), pipe.log};
  window::GroupWindow window;
  Answers answers{pipe.log};
  wire::Responses out;
};

TEST_F(AnswersTest, OfAWindowIsAPointAtItsEndInItsGroup) {
  answers.of_window(window, judged(0.5), out);
  const udf::Point point = sent();
  EXPECT_EQ(point.time(), 7);
  EXPECT_EQ(point.name(), "cpu");
  EXPECT_EQ(point.group(), "cpu\nhost=a");
  EXPECT_TRUE(point.byname());
  EXPECT_EQ(point.dimensions_size(), 2);
  EXPECT_EQ(point.tags(1).value(), "a");
  EXPECT_EQ(test::field_of(point, "pvalue"), 0.5);
  EXPECT_TRUE(point.database().empty());
}

TEST_F(AnswersTest, OfAPointHasItsDatabaseAndRetentionPolicy) {
  const std::string body = point_with({});
  wire::PointHead head;
  ASSERT_TRUE(wire::decode_point_head(wire::as_bytes(body), head));
  answers.of_point(window, head, judged(0.5), out);
  EXPECT_EQ(sent().database(), "db");
  EXPECT_EQ(sent().retentionpolicy(), "rp");
}

TEST_F(AnswersTest, WithoutAResultNothingIsSaidAndAPointGoesOnAsItCame) {
  const auto nothing = test::window_of({}, {{}}, 7);
  answers.of_window(nothing, engine.judge(nothing), out);
  EXPECT_TRUE(out.frames().empty());
  const std::string body = point_with({"n"});
  EXPECT_TRUE(hand_on(body, engine.judge(nothing)));
  EXPECT_EQ(sent().SerializeAsString(), body);
}

TEST_F(AnswersTest, APointGoesOnWithTheResultsBehindItsOwnFields) {
  const std::string body = point_with({"n"});
  EXPECT_TRUE(hand_on(body, judged(0.5)));
  EXPECT_NE(out.frames().find(body), std::string::npos) << "byte for byte";
  EXPECT_EQ(test::field_of(sent(), "pvalue"), 0.5);
  EXPECT_EQ(sent().fieldsint_size(), 1);
}

TEST_F(AnswersTest, ANameThatThePointHasIsItsOwnAndTheResultIsPrefixedUntilItIsFree) {
  EXPECT_TRUE(hand_on(point_with({"pvalue", "oddity.pvalue", "anomalous"}), judged(0.5)));
  const udf::Point point = sent();
  EXPECT_EQ(test::field_of(point, "oddity.oddity.pvalue"), 0.5);
  EXPECT_EQ(point.fieldsint_size(), 3);
  std::set<std::string> names;
  for (const auto& field : point.fieldsdouble()) EXPECT_TRUE(names.insert(field.key()).second) << field.key();
  for (const auto& field : point.fieldsint()) EXPECT_TRUE(names.insert(field.key()).second) << field.key();
  for (const auto& field : point.fieldsbool()) EXPECT_TRUE(names.insert(field.key()).second) << field.key();
  EXPECT_TRUE(names.contains("oddity.anomalous"));
}

TEST_F(AnswersTest, ATakenNameIsSaidOnce) {
  for (int i = 0; i < 3; ++i) hand_on(point_with({"pvalue"}), judged(0.5));
  const std::string log = pipe.read();
  EXPECT_NE(
      log.find("a point has a field 'pvalue' of its own: the result of that name is 'oddity.pvalue' there"),
      std::string::npos)
      << log;
  EXPECT_EQ(log.find("'pvalue'"), log.rfind("'pvalue'"));
}

}  // namespace
}  // namespace oddity::kapacitor
