// Our own detectors pass every check that applies to them, without a warning.
#include <gtest/gtest.h>

#include "conformance/checks.hpp"
#include "conformance/run.hpp"
#include "own_detectors.hpp"

namespace oddity::conformance {
namespace {

/// A period that a few hundred rows, a second apart, go through more than once.
OptionTexts options_of(const std::string& plugin) {
  return plugin == "seasonal" ? OptionTexts{{"period", "60s"}} : OptionTexts{};
}

class OwnPlugin : public testing::TestWithParam<const char*> {};

TEST_P(OwnPlugin, PassesEveryCheckWithoutAWarning) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Candidate candidate(std::filesystem::path(ODDITY_PLUGINS) / (std::string(GetParam()) + ".so"), seed,
                              options_of(GetParam()));
    const auto findings = run_checks(candidate, all_checks(), std::chrono::seconds(60));
    EXPECT_TRUE(conforms(findings));
    std::size_t passed = 0;
    for (const Finding& finding : findings) {
      const bool slow_machine = finding.check.timed && finding.result.outcome == CheckOutcome::warned;
      passed += finding.result.outcome == CheckOutcome::passed ? 1 : 0;
      if (slow_machine || finding.result.outcome == CheckOutcome::skipped) continue;
      EXPECT_EQ(finding.result.outcome, CheckOutcome::passed)
          << finding.check.id << ": " << finding.result.detail;
    }
    EXPECT_GE(passed + 6, findings.size()) << "too many were skipped";
  }
}

INSTANTIATE_TEST_SUITE_P(Ours, OwnPlugin, testing::ValuesIn(own_detectors),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace oddity::conformance
