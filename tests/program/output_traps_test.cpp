// Traps in what goes back: kinds, numbers, and a reader that is slow or gone.
#include <set>

#include "agent.hpp"

namespace oddity::test {
namespace {

using std::chrono::seconds;

TEST(OutputTraps, OnlyPointsComeBackAsTheEdgeSays) {
  // A batch sent by a function that provides a stream would reach the next node as a batch and fail it.
  Agent kapacitor(usual_init());
  for (int i = 0; i < 5; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  kapacitor.close_input();
  const auto answers = kapacitor.rest();
  EXPECT_EQ(answers.size(), 4u);
  for (const udf::Response& answer : answers) {
    ASSERT_TRUE(answer.has_point());
    EXPECT_FALSE(answer.point().name().empty()) << "without a name nothing can be stored";
    EXPECT_GT(answer.point().fieldsdouble_size() + answer.point().fieldsbool_size(), 0);
    for (const auto& field : answer.point().fieldsdouble())
      EXPECT_TRUE(std::isfinite(field.value())) << field.key();
  }
}

TEST(OutputTraps, EachFieldHasItsNameAlone) {
  // Of one name in two of the four maps Kapacitor takes one and drops the other.
  Agent kapacitor(
      Init().field("x").field("y").size(200).alpha(0.001).algorithm("ttest").algorithm("ks").algorithm(
          "zscore"));
  for (int i = 0; i < 2; ++i) {
    const Batch batch = batch_until(20 * (i + 1));
    kapacitor.send(begin_request(batch, 20));
    for (const double value : wave(i, 20))
      kapacitor.send(point_request(batch, 20 * i * second, {{"x", value}, {"y", -value}}));
    kapacitor.send(end_request(batch));
  }
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  std::set<std::string> names;
  int fields = 0;
  const auto take = [&](const auto& map) {
    for (const auto& field : map) names.insert(field.key());
    fields += map.size();
  };
  take(answer->point().fieldsdouble());
  take(answer->point().fieldsint());
  take(answer->point().fieldsstring());
  take(answer->point().fieldsbool());
  EXPECT_GT(fields, 20);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(fields));
}

TEST(OutputTraps, ValuesThatOverflowGiveNoInfinity) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 4; ++i) {
    std::vector<double> values = wave(i, 20);
    for (double& value : values) value *= 8e306;
    kapacitor.send_window(batch_until(20 * (i + 1)), "x", values, 20 * i);
  }
  kapacitor.close_input();
  for (const udf::Response& answer : kapacitor.rest()) {
    for (const auto& field : answer.point().fieldsdouble())
      EXPECT_TRUE(std::isfinite(field.value())) << field.key();
  }
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(OutputTraps, AReaderThatIsSlowGetsEverything) {
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  for (int i = 0; i < 2000; ++i) kapacitor.send_window(batch_until(4 * (i + 1)), "x", wave(i, 4), 4 * i);
  kapacitor.read_output();  // by now its pipe is full
  kapacitor.close_input();
  const auto answers = kapacitor.rest();
  EXPECT_EQ(answers.size(), 1u + 1999u) << "Init's and a point for each window but the first";
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(OutputTraps, TheInputMayEndWhileTheOutputIsFull) {
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  std::string stream;
  for (int i = 0; i < 2000; ++i) {
    const Batch batch = batch_until(4 * (i + 1));
    stream += frame(begin_request(batch, 4));
    for (const double value : wave(i, 4))
      stream += frame(point_request(batch, 4 * i * second, {{"x", value}}));
    stream += frame(end_request(batch));
  }
  EXPECT_TRUE(kapacitor.send_bytes(stream)) << "taken, though nobody reads what it answers";
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(seconds(15)), 0) << kapacitor.log();
}

TEST(OutputTraps, TheReaderMayGoWhileTheOutputIsFull) {
  Agent kapacitor(usual_init(), StandIn::Output::unread);
  for (int i = 0; i < 2000; ++i) kapacitor.send_window(batch_until(4 * (i + 1)), "x", wave(i, 4), 4 * i);
  kapacitor.close_output();  // kapacitord was killed: EPIPE, and no SIGPIPE that would end us untidily
  EXPECT_EQ(kapacitor.exit_code(seconds(15)), 0);
}

}  // namespace
}  // namespace oddity::test
