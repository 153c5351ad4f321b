// novelty through the whole program: a field is all that it has to be told.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <set>

#include "files.hpp"
#include "stream.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;

class NoveltyOnFiles : public Files {
 protected:
  static constexpr int rows = 4000;
  static double noise(int i) { return std::fmod(std::abs(std::sin(i * 12.9898)) * 43758.5453, 2.0) - 1; }
  static double site(int row) { return 100 + 40 * std::sin(row / 229.0) + noise(row); }
  static double spike(int row) { return site(row) + (row == 3000 || row == 3500 ? 60 : 0); }

  /// A row a minute, each judged by itself.
  std::vector<json> judged(const std::function<double(int)>& value, const std::string& flags) {
    std::string lp;
    for (int row = 0; row < rows; ++row) lp += fmt::format("m x={} {}\n", value(row), 1709251200 + 60 * row);
    done = run("replay " + write("site.lp", lp) + " --precision s --each --field x --algorithm novelty " +
               flags);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    std::vector<json> all;
    for (const json& line : lines(done.out)) all.push_back(line.at("fields"));
    return all;
  }
  /// Rows; the first 150 are not judged.
  static std::vector<int> alarms(const std::vector<json>& all) {
    std::vector<int> found;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].at("alarm").get<bool>()) found.push_back(rows - static_cast<int>(all.size() - i));
    return found;
  }
  Finished done;
};

TEST_F(NoveltyOnFiles, NeedsNoOptionButTheField) {
  const auto all = judged(spike, "");
  EXPECT_EQ(all.size(), rows - 150U);
  EXPECT_EQ(alarms(all), (std::vector<int>{3000, 3500})) << "the second as the first";
}

TEST_F(NoveltyOnFiles, SaysHowRareAndHowLargeEachRowIs) {
  const auto all = judged(spike, "");
  const json& usual = all[2000 - 150];
  const json& odd = all[3000 - 150];
  for (const char* field :
       {"rare", "shape", "jump", "effect", "expected", "lower", "upper", "pvalue", "young"})
    EXPECT_TRUE(usual.contains(field)) << field;
  EXPECT_LT(usual.at("rare").get<double>(), 3);
  EXPECT_GT(odd.at("rare").get<double>(), 5);
  EXPECT_GT(odd.at("shape").get<double>(), 5);
  EXPECT_GT(odd.at("jump").get<double>(), 6.5);
  EXPECT_EQ(odd.at("jump"), odd.at("effect"));
  EXPECT_EQ(odd.at("pvalue"), odd.at("calibrated")) << "its p is calibrated as it is";
}

TEST_F(NoveltyOnFiles, SaysWhyARowIsOddAndOfOthersNothing) {
  const auto all = judged(spike, "");
  for (const json& row : all) {
    ASSERT_TRUE(row.at("why").is_string()) << "as each row has the same fields";
    EXPECT_EQ(row.at("why").get<std::string>().empty(), !row.at("anomalous").get<bool>()) << row;
  }
  EXPECT_EQ(all[3000 - 150].at("why"), "jump");
  EXPECT_EQ(all[3500 - 150].at("why"), "jump") << "the second is not new any more, but as large";
  EXPECT_EQ(judged(spike, "--param looksFor=large")[3000 - 150].at("why"), "jump");
  // Each of the values is usual, and so is each step: their order is not.
  const auto sawtooth = [](int row) { return 10.0 * ((row < 3500 ? row : -row) % 7) + noise(row) / 10; };
  std::set<std::string> why;
  const auto turned = judged(sawtooth, "--param looksFor=rare");
  for (const int row : alarms(turned)) why.insert(turned[static_cast<std::size_t>(row) - 150].at("why"));
  EXPECT_THAT(why,
              testing::IsSubsetOf({"last 3 values", "last 5 values", "last 8 values", "shape of 12 values"}));
  EXPECT_FALSE(why.empty());
}

/// A text beside numbers, in points of its own and in those that pass through.
TEST_F(NoveltyOnFiles, SaysWhyInKapacitorsPointsToo) {
  std::vector<udf::Request> points;
  for (int row = 0; row <= 3500; ++row) points.push_back(stream_point(60 * row, spike(row)));
  Init passing = Init().field("x").algorithm("novelty");
  udf::OptionValue& value = passing.option("passThrough");
  value.set_type(udf::BOOL);
  value.set_boolvalue(true);
  for (const Init& init : {Init().field("x").algorithm("novelty"), passing}) {
    const Heard agent = heard(init, points);
    const auto why = [&](std::size_t before_last) {
      std::string said = "absent";
      for (const auto& field : agent.points.at(agent.points.size() - 1 - before_last).fieldsstring())
        if (field.key() == "why") said = field.value();
      return said;
    };
    EXPECT_EQ(why(0), "jump");
    EXPECT_EQ(why(1), "");
  }
}

TEST_F(NoveltyOnFiles, OfSeveralDetectorsEachSaysItsOwn) {
  const auto all = judged(spike, "--algorithm jump --rest 0");
  EXPECT_EQ(all.back().count("novelty.why"), 1U);
  EXPECT_EQ(all.back().count("jump.why"), 0U) << "it has no reasons to give";
  EXPECT_EQ(all.back().count("why"), 0U);
}

TEST_F(NoveltyOnFiles, LooksForWhatItIsToldTo) {
  // A drift to where the series never was, of which no minute makes a large step.
  const auto drift = [](int row) { return site(row) + 0.3 * std::max(0, row - 3000); };
  EXPECT_TRUE(alarms(judged(drift, "--param looksFor=large")).empty());
  EXPECT_FALSE(alarms(judged(drift, "--param looksFor=rare")).empty());
}

TEST_F(NoveltyOnFiles, LeavesAlphaToWhoGivesIt) {
  EXPECT_EQ(alarms(judged(spike, "--alpha 1e-7")), std::vector<int>{});
}

TEST_F(NoveltyOnFiles, NeedsAnAlphaBesideADetectorThatDoesNotCalibrateItself) {
  const Finished refused =
      run("replay " + write("one.lp", "m x=1 1\n") +
          " --precision s --each --field x --size 100 --algorithm novelty --algorithm ttest");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.errors.find("option 'alpha'"), std::string::npos) << refused.errors;
}

}  // namespace
}  // namespace oddity::test
