// novelty through the whole program: a field is all that it has to be told.
#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "files.hpp"

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
