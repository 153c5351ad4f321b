#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "standin/standin.hpp"

namespace oddity::test {
namespace {

class Outliers : public StandIn {
 public:
  explicit Outliers(const udf::Request& init = Init().field("value"))
      : StandIn(ODDITY_EXAMPLES "outliers", {}) {
    send(init);
    const auto answer = next();
    EXPECT_TRUE(answer && answer->has_init());
    EXPECT_TRUE(answer && answer->init().success()) << answer->init().error();
  }
  /// Reads one batch; the values that came back.
  std::vector<double> batch() {
    std::vector<double> values;
    begin = next().value_or(udf::Response());
    EXPECT_TRUE(begin.has_begin());
    for (auto answer = next(); answer; answer = next()) {
      if (answer->has_end()) {
        end = *answer;
        return values;
      }
      values.push_back(field_of(answer->point(), "value"));
    }
    ADD_FAILURE() << "the batch does not end";
    return values;
  }
  void send_batch(const Batch& sent, const std::vector<double>& values) {
    send(begin_request(sent, static_cast<std::int64_t>(values.size())));
    for (const double value : values) send(point_request(sent, 1, {{"value", value}}));
    send(end_request(sent));
  }
  udf::Response begin, end;
};

const Batch batch{"cpu", "cpu\nhost=a", {{"host", "a"}}, true, 12'345};
const std::vector<double> twenty{36, 5,  47, 100, 6,  7,  13, 33, 35, 45,
                                 46, 48, 50, 51,  52, 53, 54, 80, 85, 90};

TEST(Outliers, AreWhatLiesOutsideTukeysFences) {
  Outliers outliers;
  outliers.send_batch(batch, twenty);
  EXPECT_EQ(outliers.batch(), (std::vector<double>{5, 100, 6, 85, 90})) << "in the order in which they came";
}

TEST(Outliers, BeginAndEndComeBackAsTheyWent) {
  Outliers outliers;
  outliers.send_batch(batch, twenty);
  outliers.batch();
  EXPECT_EQ(outliers.begin.begin().SerializeAsString(), begin_request(batch, 20).begin().SerializeAsString());
  EXPECT_EQ(outliers.end.end().SerializeAsString(), end_request(batch).end().SerializeAsString());
}

TEST(Outliers, ScaleMovesTheFences) {
  Init init;
  udf::OptionValue& scale = init.field("value").option("scale");
  scale.set_type(udf::DOUBLE);
  scale.set_doublevalue(2.0);
  Outliers outliers(init);
  outliers.send_batch(batch, twenty);
  EXPECT_EQ(outliers.batch(), (std::vector<double>{100}))
      << "34.5 - 2 * 18.75 = -3, 53.25 + 2 * 18.75 = 90.75";
}

TEST(Outliers, EmptySmallAndConstantBatchesHaveNone) {
  Outliers outliers;
  for (const std::vector<double>& values : {std::vector<double>{}, {1}, {1, 2}, {5, 5, 5, 5}}) {
    outliers.send_batch(batch, values);
    EXPECT_TRUE(outliers.batch().empty());
  }
}

TEST(Outliers, MissingTextAndNanValuesAreNeitherZeroNorOutliers) {
  Outliers outliers;
  outliers.send(begin_request(batch, 0));
  for (const double value : {50.0, 51.0, 52.0, 53.0, 54.0, std::nan("")})
    outliers.send(point_request(batch, 1, {{"value", value}}));
  outliers.send(point_request(batch, 1, {{"other", 1}}));
  udf::Request text = point_request(batch, 1, {});
  auto& field = *text.mutable_point()->add_fieldsstring();
  field.set_key("value");
  field.set_value("0");
  outliers.send(text);
  outliers.send(end_request(batch));
  EXPECT_TRUE(outliers.batch().empty());
}

TEST(Outliers, IntegersAreNumbers) {
  Outliers outliers;
  outliers.send(begin_request(batch, 0));
  for (const std::int64_t value : {50, 51, 52, 53, 54, 900}) {
    udf::Request request = point_request(batch, 1, {});
    auto& field = *request.mutable_point()->add_fieldsint();
    field.set_key("value");
    field.set_value(value);
    outliers.send(request);
  }
  outliers.send(end_request(batch));
  EXPECT_EQ(outliers.batch().size(), 1u);
}

TEST(Outliers, ASnapshotInsideABatchIsEmptyAndDoesNotDisturbIt) {
  Outliers outliers;
  outliers.send(begin_request(batch, 20));
  for (const double value : twenty) outliers.send(point_request(batch, 1, {{"value", value}}));
  outliers.send(snapshot_request());
  outliers.send(end_request(batch));
  const auto snapshot = outliers.next();
  ASSERT_TRUE(snapshot && snapshot->has_snapshot());
  EXPECT_EQ(snapshot->snapshot().snapshot(), "");
  EXPECT_EQ(outliers.batch().size(), 5u);
  outliers.send(restore_request("whatever"));
  EXPECT_TRUE(outliers.next()->restore().success());
}

TEST(Outliers, StrayPointsAndEndsAreDropped) {
  Outliers outliers;
  outliers.send(point_request(batch, 1, {{"value", 1e9}}));
  outliers.send(end_request(batch));
  outliers.send_batch(batch, twenty);
  EXPECT_EQ(outliers.batch().size(), 5u);
}

}  // namespace
}  // namespace oddity::test
