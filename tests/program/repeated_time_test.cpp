// Rows of one time, each judged by itself: no detector may let one pass unseen.
#include <fmt/format.h>

#include <cmath>

#include "files.hpp"
#include "own_detectors.hpp"

namespace oddity::test {
namespace {

class RepeatedTime : public Files, public testing::WithParamInterface<const char*> {
 protected:
  /// The p-value of a row at the time of the one before it.
  double p_of_second_row(double value) const {
    constexpr int rows = 600;
    std::string lp;
    for (int row = 0; row < rows; ++row)
      lp += fmt::format("m x={} {}\n", 20 + std::sin(row * 12.9898) + std::sin(row * 4.1414), 60 * row);
    lp += fmt::format("m x={} {}\n", value, 60 * (rows - 1));
    const std::string detector = GetParam();
    const Finished done = run("replay " + write("rows.lp", lp) +
                              " --precision s --each --field x --size 200 --alpha 0.001 --algorithm " +
                              detector + (detector == "seasonal" ? " --param period=10m" : ""));
    const auto judged = lines(done.out);
    return judged.empty() ? std::nan("") : judged.back().at("fields").at("pvalue").get<double>();
  }
};

TEST_P(RepeatedTime, TheSecondRowOfATimeIsJudged) {
  const double usual = p_of_second_row(20);
  const double odd = p_of_second_row(60);
  if (std::string(GetParam()) == "variance") {
    EXPECT_TRUE(std::isnan(usual)) << "one value has no spread";
  } else {
    EXPECT_LT(odd, usual / 2);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryPlugin, RepeatedTime, testing::ValuesIn(own_detectors),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace oddity::test
