// Traps in what Kapacitor sends: what a naive reader of points, groups and times gets wrong.
#include <limits>

#include "agent.hpp"

namespace oddity::test {
namespace {

std::vector<std::string> responses(Agent& kapacitor) {
  kapacitor.close_input();
  std::vector<std::string> all;
  for (const udf::Response& response : kapacitor.rest()) all.push_back(response.SerializeAsString());
  EXPECT_EQ(kapacitor.exit_code(), 0);
  return all;
}

TEST(InputTraps, AStreamMayBeCutAtEveryByte) {
  std::string stream = frame(usual_init());
  for (int window = 0; window < 2; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    stream += frame(begin_request(batch, 20));
    const auto values = wave(window, 20);
    for (std::size_t i = 0; i < values.size(); ++i)
      stream += frame(point_request(batch, static_cast<std::int64_t>(i), {{"x", values[i]}}));
    stream += frame(end_request(batch));
  }
  stream += frame(restore_request(std::string(300, 'x')));  // a length of two bytes
  std::string whole;
  for (const std::size_t piece :
       {stream.size(), std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}}) {
    StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
    EXPECT_TRUE(kapacitor.send_in_pieces(stream, piece));
    kapacitor.close_input();
    std::string all;
    for (const udf::Response& response : kapacitor.rest()) all += response.SerializeAsString();
    EXPECT_EQ(kapacitor.exit_code(), 0);
    if (whole.empty()) whole = all;
    EXPECT_EQ(all, whole) << piece << " bytes at a time";
  }
}

TEST(InputTraps, TimesBefore1970AreTimes) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 2; ++i)
    kapacitor.send_window(batch_until(20 * (i + 1) - 1000), "x", wave(i, 20), 20 * i - 1000);
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(answer->point().time(), -960 * second);
}

/// Two windows of the same values; the second at times as told.
std::vector<std::string> with_times(const std::vector<std::int64_t>& times) {
  Agent kapacitor(usual_init());
  kapacitor.send_window(batch_until(20), "x", wave(0, 20), 0);
  const Batch batch = batch_until(40);
  kapacitor.send(begin_request(batch, 20));
  const auto values = wave(1, times.size());
  for (std::size_t i = 0; i < times.size(); ++i)
    kapacitor.send(point_request(batch, times[i] * second, {{"x", values[i]}}));
  kapacitor.send(end_request(batch));
  kapacitor.send_window(batch_until(60), "x", wave(2, 20), 40);
  return responses(kapacitor);
}

TEST(InputTraps, TimesMayRepeatAndGoBackInsideABatch) {
  std::vector<std::int64_t> in_order, repeated, backwards;
  for (std::int64_t i = 0; i < 20; ++i) {
    in_order.push_back(20 + i);
    repeated.push_back(20 + i / 4);
    backwards.push_back(39 - i);
  }
  const auto expected = with_times(in_order);
  ASSERT_EQ(expected.size(), 2u);
  EXPECT_EQ(with_times(repeated), expected) << "five times, four points each: all count";
  EXPECT_EQ(with_times(backwards), expected) << "the order of arrival is the order";
}

TEST(InputTraps, TheEndMayLieBeforeTheLastPoint) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 2; ++i) {
    Batch batch = batch_until(20 * (i + 1));
    batch.tmax -= 5 * second;
    kapacitor.send_window(batch, "x", wave(i, 20), 20 * i);
  }
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(answer->point().time(), 35 * second) << "the batch's own end comes back";
}

TEST(InputTraps, AFieldMayChangeItsTypeFromPointToPoint) {
  Agent mixed(usual_init()), doubles(usual_init());
  for (int window = 0; window < 2; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    mixed.send(begin_request(batch, 20));
    std::vector<double> values;
    for (int i = 0; i < 20; ++i) {
      values.push_back((i * 7 + window) % 13);
      udf::Request request = point_request(batch, (20 * window + i) * second, {});
      if (i % 2 == 0) {
        auto& field = *request.mutable_point()->add_fieldsdouble();
        field.set_key("x");
        field.set_value(values.back());
      } else {
        auto& field = *request.mutable_point()->add_fieldsint();
        field.set_key("x");
        field.set_value(static_cast<std::int64_t>(values.back()));
      }
      mixed.send(request);
    }
    mixed.send(end_request(batch));
    doubles.send_window(batch, "x", values, 20 * window);
  }
  EXPECT_EQ(responses(mixed), responses(doubles));
}

TEST(InputTraps, IntegersBeyondADoublesPrecisionAreTheNearestDouble) {
  Agent integers(usual_init()), doubles(usual_init());
  for (int window = 0; window < 2; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    integers.send(begin_request(batch, 20));
    std::vector<double> values;
    for (int i = 0; i < 20; ++i) {
      const std::int64_t value = std::numeric_limits<std::int64_t>::max() - 4096 * i - window;
      udf::Request request = point_request(batch, (20 * window + i) * second, {});
      auto& field = *request.mutable_point()->add_fieldsint();
      field.set_key("x");
      field.set_value(value);
      integers.send(request);
      values.push_back(static_cast<double>(value));
    }
    integers.send(end_request(batch));
    doubles.send_window(batch, "x", values, 20 * window);
  }
  EXPECT_EQ(responses(integers), responses(doubles));
}

TEST(InputTraps, OneNanOrInfinityDoesNotPoisonWhatWasLearned) {
  Agent poisoned(usual_init()), clean(usual_init());
  for (int window = 0; window < 3; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    const auto values = wave(window, 20);
    poisoned.send(begin_request(batch, 22));
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()})
      poisoned.send(point_request(batch, 20 * window * second, {{"x", bad}}));
    for (std::size_t i = 0; i < values.size(); ++i)
      poisoned.send(
          point_request(batch, (20 * window + static_cast<std::int64_t>(i)) * second, {{"x", values[i]}}));
    poisoned.send(end_request(batch));
    clean.send_window(batch, "x", values, 20 * window);
  }
  EXPECT_EQ(responses(poisoned), responses(clean));
}

TEST(InputTraps, TheGroupIsAKeyThatNobodyReads) {
  // Its values are not escaped, it may begin with the measurement and a newline, and a tag that is missing on
  // the point stands in it all the same.
  const std::vector<Batch> batches{{"m", "", {}},
                                   {"m", "host=a,b=c d", {{"host", "a,b=c d"}}},
                                   {"m", "host=a,b=c d,b=", {{"host", "a"}, {"b", "c d,b="}}},
                                   {"m", "m\nhost=", {}, true},
                                   {"m\nhost=", "m\nhost=\nhost=", {}, true}};
  Agent together(usual_init());
  for (int window = 0; window < 3; ++window) {
    for (std::size_t group = 0; group < batches.size(); ++group) {
      Batch batch = batches[group];
      batch.tmax = 20 * (window + 1) * second;
      together.send_window(batch, "x",
                           wave(window + static_cast<int>(group), 20, 10 * static_cast<double>(group)),
                           20 * window);
    }
  }
  together.close_input();
  const auto answers_together = together.rest();
  ASSERT_EQ(answers_together.size(), 2 * batches.size()) << "each group learns apart";
  for (std::size_t group = 0; group < batches.size(); ++group) {
    const udf::Point& point = answers_together[batches.size() + group].point();
    EXPECT_EQ(point.group(), batches[group].group);
    EXPECT_EQ(point.tags_size(), static_cast<int>(batches[group].tags.size()));
    EXPECT_NEAR(field_of(point, "expected"), 10 * static_cast<double>(group), 1);
  }
}

TEST(InputTraps, OtherFieldsMayBeAsLongAsTheyLike) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 2; ++i) {
    const Batch batch = batch_until(20 * (i + 1));
    kapacitor.send(begin_request(batch, 20));
    const auto values = wave(i, 20);
    for (std::size_t row = 0; row < values.size(); ++row) {
      udf::Request request = point_request(batch, static_cast<std::int64_t>(row), {{"x", values[row]}});
      auto& field = *request.mutable_point()->add_fieldsstring();
      field.set_key("message");
      field.set_value(std::string(500'000, 'm'));
      kapacitor.send(request);
    }
    kapacitor.send(end_request(batch));
  }
  EXPECT_TRUE(kapacitor.next().has_value());
}

TEST(InputTraps, ABatchThatLosesAllItsPointsIsNoWindow) {
  // `where` drops them all, or a query has only nulls: Begin and End come, and nothing between.
  Agent empty_between(usual_init()), without(usual_init());
  for (int window = 0; window < 3; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    empty_between.send(begin_request(batch, 20));
    empty_between.send(end_request(batch));
    for (Agent* kapacitor : {&empty_between, &without})
      kapacitor->send_window(batch, "x", wave(window, 20), 20 * window);
  }
  EXPECT_EQ(responses(empty_between), responses(without));
}

}  // namespace
}  // namespace oddity::test
