// Detectors that calibrate themselves are told the field and nothing else.
#include <cmath>

#include "files.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;

constexpr int rows = 4 * 1440;
constexpr int fault = 5000;

/// Four days of a rhythm with a value a minute, and one value that is far out.
std::string days() {
  std::string csv = "time,value\n";
  std::uint32_t noise = 7;
  for (int row = 0; row < rows; ++row) {
    noise = noise * 1664525U + 1013904223U;
    const double value =
        100 + 30 * std::sin(2 * M_PI * row / 1440) + static_cast<double>(noise >> 16) / 65536;
    csv += std::to_string(60 * row) + "," + std::to_string(row == fault ? 200 : value) + "\n";
  }
  return csv;
}

class WithoutOptions : public Files, public testing::WithParamInterface<const char*> {
 protected:
  std::string replay(const std::string& more = "") const {
    const Finished done = run("replay " + write("days.csv", days()) +
                              " --precision s --period 1m --field value --algorithm " + GetParam() + more);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    return done.out;
  }
};

TEST_P(WithoutOptions, ReplayFindsTheFaultAtAFalseAlarmAWeek) {
  const std::string found = replay();
  std::vector<std::string> alarms;
  for (const json& window : lines(found)) {
    const json& fields = window.at("fields");
    EXPECT_EQ(fields.at("calibrated"), fields.at("pvalue")) << "it is calibrated as it comes";
    if (fields.at("alarm")) alarms.push_back(window.at("time"));
  }
  EXPECT_EQ(alarms, std::vector<std::string>{"1970-01-04T11:21:00Z"}) << "the end of its minute";
  EXPECT_EQ(replay(" --falseAlarms 1/7d"), found);
}

TEST_P(WithoutOptions, EvaluateNeedsNoneAtAll) {
  std::filesystem::create_directories(path("set/series"));
  write("set/series/days.csv", days());
  write("set/labels.csv", "series,begin,end\ndays,5000,5001\n");
  const Finished done = run("evaluate " + path("set") + " --json --algorithm " + GetParam());
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  const json set = json::parse(done.out)["sets"][0];
  EXPECT_EQ(set["found"], 1);
  EXPECT_EQ(set["falseAlarms"], 0);
}

TEST_P(WithoutOptions, BesideOneThatCannotPromiseAnythingAlphaIsAskedFor) {
  const Finished done =
      run("replay " + write("days.csv", days()) +
          " --precision s --period 1m --field value --size 100 --algorithm ttest --algorithm " + GetParam());
  EXPECT_NE(done.exit_code, 0);
  EXPECT_NE(done.errors.find("alpha"), std::string::npos) << done.errors;
}

INSTANTIATE_TEST_SUITE_P(EachThatCalibratesItself, WithoutOptions, testing::Values("jump", "seasonal"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace oddity::test
