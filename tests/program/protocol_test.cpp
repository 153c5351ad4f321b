// The agent's side of the protocol, as Kapacitor sees it.
#include "agent.hpp"

namespace oddity::test {
namespace {

TEST(Protocol, InfoIsAConstantThatNeedsNothing) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--config", "/no/such/file.yaml"});
  kapacitor.send(info_request());
  kapacitor.close_input();
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_info());
  const auto& info = answer->info();
  EXPECT_EQ(info.wants(), udf::BATCH);
  EXPECT_EQ(info.provides(), udf::STREAM);
  ASSERT_EQ(info.options().size(), 20u);
  EXPECT_EQ(info.options().at("field").valuetypes(0), udf::STRING);
  EXPECT_EQ(info.options().at("size").valuetypes(0), udf::INT);
  EXPECT_EQ(info.options().at("alpha").valuetypes(0), udf::DOUBLE);
  EXPECT_EQ(info.options().at("algorithm").valuetypes(0), udf::STRING);
  EXPECT_EQ(info.options().at("direction").valuetypes(0), udf::STRING);
  EXPECT_EQ(info.options().at("ttl").valuetypes(0), udf::DURATION);
  EXPECT_EQ(info.options().at("maxGroups").valuetypes(0), udf::INT);
  EXPECT_EQ(info.options().at("param").valuetypes_size(), 2);
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(Protocol, KeepalivesAreAnsweredBeforeAnythingElse) {
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  kapacitor.send(keepalive_request(42));
  const auto answer = kapacitor.next(std::chrono::seconds(10), true);
  ASSERT_TRUE(answer && answer->has_keepalive());
  EXPECT_EQ(answer->keepalive().time(), 42);
}

TEST(Protocol, KeepalivesAreAnsweredInsideABatch) {
  Agent kapacitor(usual_init());
  kapacitor.send(begin_request(batch_until(10), 3));
  kapacitor.send(keepalive_request(7));
  const auto answer = kapacitor.next(std::chrono::seconds(10), true);
  ASSERT_TRUE(answer && answer->has_keepalive());
  EXPECT_EQ(answer->keepalive().time(), 7);
}

TEST(Protocol, TheFirstWindowIsOnlyLearned) {
  Agent kapacitor(usual_init());
  kapacitor.send_window(batch_until(20), "x", wave(0, 20), 0);
  kapacitor.close_input();
  EXPECT_TRUE(kapacitor.rest().empty());
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(Protocol, ThePointKeepsNameTagsDimensionsAndByName) {
  Agent kapacitor(usual_init());
  Batch batch{"cpu", "cpu\nhost=a,rack=b", {{"rack", "b"}, {"host", "a"}}, true, 20 * second};
  kapacitor.send_window(batch, "x", wave(0, 20), 0);
  batch.tmax = 40 * second + 1;
  kapacitor.send_window(batch, "x", wave(1, 20), 20);
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  const udf::Point& point = answer->point();
  EXPECT_EQ(point.time(), 40 * second + 1) << "to the nanosecond";
  EXPECT_EQ(point.name(), "cpu");
  EXPECT_TRUE(point.byname());
  ASSERT_EQ(point.dimensions_size(), 2);
  EXPECT_EQ(point.dimensions(0), "host");
  EXPECT_EQ(point.dimensions(1), "rack");
  ASSERT_EQ(point.tags_size(), 2);
  EXPECT_EQ(point.tags(0).key(), "host");
  EXPECT_EQ(point.tags(0).value(), "a");
  std::set<std::string> truths;
  for (const auto& field : point.fieldsbool()) truths.insert(field.key());
  EXPECT_EQ(truths, (std::set<std::string>{"anomalous", "alarm", "young"}));
  EXPECT_FALSE(std::isnan(field_of(point, "t")));
  EXPECT_FALSE(std::isnan(field_of(point, "score")));
}

TEST(Protocol, FramesMayBeCutAnywhere) {
  std::vector<udf::Request> requests{usual_init(), begin_request(batch_until(20), 20)};
  for (int i = 0; i < 20; ++i)
    requests.push_back(point_request(batch_until(20), i * second, {{"x", i * 0.5}}));
  requests.push_back(end_request(batch_until(20)));
  requests.push_back(snapshot_request());
  std::string stream;
  for (const auto& request : requests) {
    const std::string body = request.SerializeAsString();
    stream += static_cast<char>(body.size());  // below 128 bytes all
    ASSERT_LT(body.size(), 128u);
    stream += body;
  }
  StandIn kapacitor(ODDITY_PROGRAM, {"agent"});
  for (const char byte : stream) kapacitor.send_bytes(std::string_view(&byte, 1));
  EXPECT_TRUE(kapacitor.next()->init().success());
  EXPECT_GT(kapacitor.next()->snapshot().snapshot().size(), 160u) << "twenty samples";
}

TEST(Protocol, WrongSizeHintsAndEmptyBatchesAreNoMatter) {
  Agent kapacitor(usual_init());
  for (const std::int64_t size : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{1} << 60}) {
    kapacitor.send(begin_request(batch_until(20), size));
    kapacitor.send(end_request(batch_until(20)));
  }
  kapacitor.send_window(batch_until(40), "x", wave(0, 20), 20);
  kapacitor.send_window(batch_until(60), "x", wave(1, 20), 40);
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(answer->point().time(), 60 * second);
}

TEST(Protocol, ASecondBeginDiscardsTheFirstAndStraysAreDropped) {
  Agent kapacitor(usual_init());
  kapacitor.send(point_request(batch_until(1), 0, {{"x", 1e6}}));
  kapacitor.send(end_request(batch_until(1)));
  kapacitor.send(begin_request(batch_until(20), 1));
  kapacitor.send(point_request(batch_until(20), 0, {{"x", 1e6}}));
  for (int i = 0; i < 2; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_NEAR(field_of(answer->point(), "expected"), 20, 1);
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  EXPECT_NE(kapacitor.log().find("3 messages outside a batch"), std::string::npos) << kapacitor.log();
  EXPECT_NE(kapacitor.log().find("1 points in batches that did not end"), std::string::npos)
      << kapacitor.log();
}

TEST(Protocol, AFrameThatCannotBeReadIsSkippedAndCounted) {
  Agent kapacitor(usual_init());
  kapacitor.send_bytes(std::string("\x02\xff\xff", 3));  // no protobuf
  kapacitor.send_bytes(std::string("\x00", 1));          // empty
  kapacitor.send(begin_request(batch_until(20), 1));
  kapacitor.send_bytes(std::string("\x05\x8a\x01\x02\x41\x00", 6));  // a point cut short
  for (int i = 0; i < 2; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  EXPECT_TRUE(kapacitor.next().has_value());
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  EXPECT_NE(kapacitor.log().find("3 malformed frames"), std::string::npos) << kapacitor.log();
}

TEST(Protocol, MissingTextBooleanAndNanValuesAreNeverZero) {
  Agent kapacitor(usual_init());
  Agent clean(usual_init());
  for (int window = 0; window < 2; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    kapacitor.send(begin_request(batch, 24));
    udf::Request text = point_request(batch, 0, {});
    auto& field = *text.mutable_point()->add_fieldsstring();
    field.set_key("x");
    field.set_value("warm");
    kapacitor.send(text);
    kapacitor.send(point_request(batch, 0, {{"y", 1}}));
    kapacitor.send(point_request(batch, 0, {{"x", std::nan("")}}));
    udf::Request flag = point_request(batch, 0, {});
    flag.mutable_point()->add_fieldsbool()->set_key("x");
    kapacitor.send(flag);
    const auto values = wave(window, 20);
    for (int i = 0; i < 20; ++i)
      kapacitor.send(
          point_request(batch, (20 * window + i) * second, {{"x", values[static_cast<std::size_t>(i)]}}));
    kapacitor.send(end_request(batch));
    clean.send_window(batch, "x", values, 20 * window);
  }
  EXPECT_EQ(kapacitor.next()->SerializeAsString(), clean.next()->SerializeAsString());
  kapacitor.close_input();
  kapacitor.exit_code();
  const std::string log = kapacitor.log();
  EXPECT_NE(log.find("field 'x'"), std::string::npos);
  EXPECT_EQ(log.find("field 'x'"), log.rfind("field 'x'")) << "told once a field";
}

TEST(Protocol, IntegersAreNumbers) {
  Agent kapacitor(usual_init()), clean(usual_init());
  for (int window = 0; window < 2; ++window) {
    const Batch batch = batch_until(20 * (window + 1));
    std::vector<double> values;
    kapacitor.send(begin_request(batch, 20));
    for (int i = 0; i < 20; ++i) {
      values.push_back(i * (window + 3) % 11);
      udf::Request request = point_request(batch, (20 * window + i) * second, {});
      auto& field = *request.mutable_point()->add_fieldsint();
      field.set_key("x");
      field.set_value(static_cast<std::int64_t>(values.back()));
      kapacitor.send(request);
    }
    kapacitor.send(end_request(batch));
    clean.send_window(batch, "x", values, 20 * window);
  }
  EXPECT_EQ(kapacitor.next()->SerializeAsString(), clean.next()->SerializeAsString());
}

TEST(Protocol, BytesThatAreNoUtf8ComeInAndGoOutClean) {
  Agent kapacitor(usual_init());
  Batch batch{"m\xff", "host=\xfe", {{"host", "\xfe"}}, false, 20 * second};
  kapacitor.send_window(batch, "x", wave(0, 20), 0);
  batch.tmax = 40 * second;
  kapacitor.send_window(batch, "x", wave(1, 20), 20);
  const auto answer = kapacitor.next();
  ASSERT_TRUE(answer && answer->has_point());
  EXPECT_EQ(answer->point().name(), "m\xef\xbf\xbd");
  EXPECT_EQ(answer->point().tags(0).value(), "\xef\xbf\xbd");
}

TEST(Protocol, OverlappingWindowsAreLearnedOnce) {
  // Windows of 20 s every 10 s against windows that already come without the overlap, judged whole.
  Agent kapacitor(usual_init());
  std::vector<double> all;
  for (int i = 0; i < 200; ++i) all.push_back(20 + std::sin(i * 7.0));
  for (int start = 0; start + 20 <= 200; start += 10) {
    kapacitor.send_window(batch_until(start + 20), "x", {all.begin() + start, all.begin() + start + 20},
                          start);
  }
  kapacitor.close_input();
  const auto answers = kapacitor.rest();
  ASSERT_EQ(answers.size(), 18u);
  double sum = 0;
  for (int i = 0; i < 190; ++i) sum += all[static_cast<std::size_t>(i)];
  EXPECT_NEAR(field_of(answers.back().point(), "expected"), sum / 190, 1e-12)
      << "each point once in the history";
}

TEST(Protocol, TimeThatGoesBackIsLearnedWholeAndLoggedOnce) {
  Agent kapacitor(usual_init());
  for (const int start : {100, 120, 0, 20, 40, 0})
    kapacitor.send_window(batch_until(start + 20), "x", wave(start, 20), start);
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.rest().size(), 5u);
  kapacitor.exit_code();
  const std::string log = kapacitor.log();
  const std::size_t told = log.find("time goes backwards");
  EXPECT_NE(told, std::string::npos);
  EXPECT_EQ(log.find("time goes backwards", told + 1), std::string::npos);
}

TEST(Protocol, ALogLineAtTheStartOneForTheStateAndOneAtTheEnd) {
  Agent kapacitor(usual_init());
  for (int i = 0; i < 5; ++i)
    kapacitor.send_window(batch_until(20 * (i + 1)), "x", i == 3 ? wave(i, 20, 90) : wave(i, 20), 20 * i);
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  const std::string log = kapacitor.log();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 3) << log;
  EXPECT_NE(log.find("oddity: task 'task', node 'tTest3': started with field=x alpha=0.001 algorithm=ttest "
                     "size=200; saved at a stop in '"),
            std::string::npos)
      << log;
  EXPECT_NE(
      log.find("oddity: task 'task', node 'tTest3': state fresh: Kapacitor has no snapshot of this node\n"),
      std::string::npos)
      << log;
  EXPECT_NE(log.find("5 windows in 1 groups, 1 anomalies"), std::string::npos) << log;
}

/// Somebody who waits for results that do not come looks for it before there is any window.
TEST(Protocol, TheStartIsToldAtInit) {
  Agent kapacitor(usual_init());
  std::string log;
  for (int tries = 0; tries < 1000 && log.find('\n') == std::string::npos; ++tries) {
    log = kapacitor.log();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_NE(log.find("started with field=x alpha=0.001 algorithm=ttest size=200; "), std::string::npos)
      << log;
  EXPECT_EQ(log.find("state fresh"), std::string::npos) << "a restore may still come: " << log;
}

}  // namespace
}  // namespace oddity::test
