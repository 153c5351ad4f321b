// Fields and groups in one process give the numbers of processes of their own.
#include <algorithm>
#include <map>
#include <memory>

#include "agent.hpp"
#include "demo/printer.hpp"

namespace oddity::test {
namespace {

TEST(Apart, ThreeFieldsInOneProcessAreThreeProcesses) {
  const demo::Day day = demo::make_day(1);
  Agent together(Init().field("hotend").field("bed").field("air").size(3600).alpha(0.001));
  std::vector<std::unique_ptr<Agent>> alone;
  for (const char* name : demo::field_names)
    alone.push_back(std::make_unique<Agent>(Init().field(name).size(3600).alpha(0.001)));
  for (std::size_t start = 0; start + 300 <= 45'000; start += 300) {
    const Batch batch = batch_until(static_cast<std::int64_t>(start) + 300);
    std::vector<StandIn*> all{&together};
    for (const auto& one : alone) all.push_back(one.get());
    for (StandIn* agent : all) agent->send(begin_request(batch, 300));
    for (std::size_t row = start; row < start + 300; ++row) {
      const udf::Request point = point_request(
          batch, static_cast<std::int64_t>(row) * second,
          {{"bed", day.values[1][row]}, {"hotend", day.values[0][row]}, {"air", day.values[2][row]}});
      for (StandIn* agent : all) agent->send(point);
    }
    for (StandIn* agent : all) agent->send(end_request(batch));
  }
  together.close_input();
  const auto answers = together.rest();
  EXPECT_EQ(answers.size(), 149u);
  for (std::size_t field = 0; field < alone.size(); ++field) {
    alone[field]->close_input();
    const auto own = alone[field]->rest();
    ASSERT_EQ(own.size(), answers.size());
    const std::string prefix = std::string(demo::field_names[field]) + ".";
    for (std::size_t i = 0; i < own.size(); ++i) {
      for (const char* name : {"t", "pvalue", "score", "expected", "lower", "upper", "effect"}) {
        EXPECT_EQ(field_of(answers[i].point(), prefix + name), field_of(own[i].point(), name))
            << prefix << name << " window " << i;
      }
    }
  }
}

TEST(Apart, TheOverallPIsHolmsFirstStep) {
  Agent kapacitor(
      Init().field("x").size(200).alpha(0.001).algorithm("ttest").algorithm("ks").algorithm("zscore"));
  for (int i = 0; i < 3; ++i) kapacitor.send_window(batch_until(20 * (i + 1)), "x", wave(i, 20), 20 * i);
  ASSERT_TRUE(kapacitor.next().has_value());
  const udf::Point point = kapacitor.next()->point();
  const double min = std::min(
      {field_of(point, "ttest.pvalue"), field_of(point, "ks.pvalue"), field_of(point, "zscore.pvalue")});
  EXPECT_EQ(field_of(point, "pvalue"), std::min(1.0, 3 * min));
  EXPECT_FALSE(std::isnan(field_of(point, "ks.d")));
}

/// A thousand groups, their windows interleaved, against a thousand agents with a group each.
TEST(Apart, AThousandGroupsAreAThousandAgents) {
  constexpr int groups = 1000;
  constexpr int windows = 4;
  const auto values = [](int group, int window) { return wave(window * 31 + group, 12, group); };
  const auto batch = [](int group, int window) {
    const std::string host = "h" + std::to_string(group);
    return Batch{"cpu", "host=" + host, {{"host", host}}, false, (window + 1) * 12 * second};
  };
  Agent together(usual_init());
  for (int window = 0; window < windows; ++window) {
    for (int group = 0; group < groups; ++group)
      together.send_window(batch(group, window), "x", values(group, window), window * 12);
  }
  together.close_input();
  std::map<std::string, std::vector<std::string>> by_group;
  for (const udf::Response& response : together.rest())
    by_group[response.point().group()].push_back(response.SerializeAsString());
  EXPECT_EQ(by_group.size(), static_cast<std::size_t>(groups));

  for (int group = 0; group < groups; ++group) {
    Agent alone(usual_init());
    for (int window = 0; window < windows; ++window)
      alone.send_window(batch(group, window), "x", values(group, window), window * 12);
    alone.close_input();
    std::vector<std::string> own;
    for (const udf::Response& response : alone.rest()) own.push_back(response.SerializeAsString());
    ASSERT_EQ(by_group["host=h" + std::to_string(group)], own) << group;
  }
}

}  // namespace
}  // namespace oddity::test
