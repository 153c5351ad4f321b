// Requests recorded from a real kapacitord, played to the agent; the answers are SciPy's.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "agent.hpp"
#include "support/recording.hpp"
#include "support/reference.hpp"
#include "wire/frame.hpp"
#include "wire/varint.hpp"

namespace oddity::test {
namespace {

/// The agent's answers to a recording.
std::vector<udf::Response> played(const std::string& requests) {
  // The guide's own rule decides what is learned.
  const std::string config = testing::TempDir() + fmt::format("oddity-guide-{}.yaml", ::getpid());
  std::ofstream(config) << "defaults: {calibrate: none}\n";
  StandIn kapacitor(ODDITY_PROGRAM, {"agent", "--config", config});
  kapacitor.send_bytes(requests);
  kapacitor.close_input();
  auto answers = kapacitor.rest();
  EXPECT_EQ(kapacitor.exit_code(), 0);
  return answers;
}

/// The recording, its Restore bringing back what this build answers to the last snapshot request of the
/// recording before: as Kapacitor would, and whatever the format of the state has become since.
std::string with_state_of(const std::string& earlier, const std::string& requests) {
  std::string state;
  for (const udf::Response& answer : played(earlier)) {
    if (answer.has_snapshot()) state = answer.snapshot().snapshot();
  }
  EXPECT_FALSE(state.empty());
  std::string renewed;
  wire::Bytes rest = wire::as_bytes(requests);
  wire::Bytes frame;
  while (wire::take_frame(rest, frame) == wire::FrameOutcome::complete) {
    udf::Request request;
    EXPECT_TRUE(request.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    if (request.has_restore()) request.mutable_restore()->set_snapshot(state);
    wire::append_varint(renewed, request.ByteSizeLong());
    request.AppendToString(&renewed);
  }
  return renewed;
}

class Recording : public testing::TestWithParam<const char*> {};

TEST_P(Recording, IsAnsweredAsSciPyAnswers) {
  const std::string name = GetParam();
  const auto answers = name == "ungrouped_restored"
                           ? played(with_state_of(recorded("ungrouped"), recorded(name)))
                           : played(recorded(name));
  ASSERT_FALSE(answers.empty());
  EXPECT_TRUE(answers.front().init().success()) << answers.front().init().error();
  std::vector<udf::Point> points;
  for (const udf::Response& answer : answers) {
    if (answer.has_point()) points.push_back(answer.point());
  }
  const auto expected = read_reference("../recordings/" + name + ".answers.csv");
  ASSERT_EQ(points.size(), expected.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::string group = points[i].group();
    std::replace(group.begin(), group.end(), '\n', ' ');
    EXPECT_EQ(group, expected[i][0]);
    EXPECT_EQ(points[i].time(), std::stoll(expected[i][1]));
    EXPECT_LT(relative_error(field_of(points[i], "t"), std::stod(expected[i][2])), 1e-9) << i;
    EXPECT_LT(relative_error(field_of(points[i], "pvalue"), std::stod(expected[i][3])), 1e-9) << i;
    EXPECT_EQ(points[i].byname(), group.starts_with("temperatures "));
    EXPECT_EQ(points[i].dimensions_size(), points[i].tags_size());
  }
}

INSTANTIATE_TEST_SUITE_P(FromKapacitord, Recording,
                         testing::Values("ungrouped", "by_printer_and_name", "ungrouped_restored"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace oddity::test
