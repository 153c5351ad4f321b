// Each check in a process of its own: whatever happens there is an outcome.
#include "conformance/run.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace oddity::conformance {
namespace {

Check check_of(std::string_view id, Result (*run)(const Candidate&), std::string_view needs = "") {
  return {id, "group", needs, "About.", run};
}

std::vector<Finding> found_by(const std::vector<Check>& checks,
                              std::chrono::milliseconds limit = std::chrono::seconds(20)) {
  return run_checks(Candidate("no_file.so", 1), checks, limit);
}

TEST(RunChecks, ResultsComeThroughAsTheyAre) {
  const auto findings = found_by({check_of("a", [](const Candidate&) { return passed("all of it"); }),
                                  check_of("b", [](const Candidate&) { return warned("hm"); }),
                                  check_of("c", [](const Candidate&) { return failed("no"); }),
                                  check_of("d", [](const Candidate&) { return skipped("why"); })});
  EXPECT_EQ(findings[0].result, (Result{CheckOutcome::passed, "all of it"}));
  EXPECT_EQ(findings[1].result, (Result{CheckOutcome::warned, "hm"}));
  EXPECT_EQ(findings[2].result, (Result{CheckOutcome::failed, "no"}));
  EXPECT_EQ(findings[3].result, (Result{CheckOutcome::skipped, "why"}));
  EXPECT_FALSE(conforms(findings));
}

TEST(RunChecks, WhatIsThrownHasFailedInOneLine) {
  const auto findings =
      found_by({check_of("a", [](const Candidate&) -> Result { throw plugin::Failure("one\ntwo"); })});
  EXPECT_EQ(findings[0].result, (Result{CheckOutcome::failed, "one two"}));
}

TEST(RunChecks, ASignalATimeoutAndAnExitAreCrashes) {
  const auto findings =
      found_by({check_of("signal", [](const Candidate&) { return std::raise(SIGKILL), passed(); }),
                check_of("exit", [](const Candidate&) -> Result { ::_exit(0); })});
  EXPECT_EQ(findings[0].result, (Result{CheckOutcome::crashed, "Killed"}));
  EXPECT_EQ(findings[1].result, (Result{CheckOutcome::crashed, "ended the process (exit 0)"}));
  const auto late = found_by({check_of("late",
                                       [](const Candidate&) -> Result {
                                         while (true) ::pause();
                                       })},
                             std::chrono::milliseconds(100));
  EXPECT_EQ(late[0].result, (Result{CheckOutcome::crashed, "did not end within 0.1 s"}));
  EXPECT_FALSE(conforms(late));
}

TEST(RunChecks, LastWordsOnStderrAreKept) {
  const auto findings = found_by({check_of("a", [](const Candidate&) -> Result {
    std::fputs("out of\nluck", stderr);
    std::raise(SIGKILL);
    return passed();
  })});
  EXPECT_EQ(findings[0].result.detail, "Killed; on stderr: out of luck");
}

TEST(RunChecks, WhatStandsOnAFailureIsSkippedAndSoOn) {
  const auto pass = [](const Candidate&) { return passed(); };
  const auto findings =
      found_by({check_of("ground", [](const Candidate&) { return failed("no"); }),
                check_of("wall", pass, "ground"), check_of("roof", pass, "wall"), check_of("garden", pass)});
  EXPECT_EQ(findings[1].result, (Result{CheckOutcome::skipped, "stands on ground"}));
  EXPECT_EQ(findings[2].result, (Result{CheckOutcome::skipped, "stands on wall"}));
  EXPECT_EQ(findings[3].result.outcome, CheckOutcome::passed);
}

TEST(RunChecks, AWarningOrACheckThatDoesNotApplyCarries) {
  const auto pass = [](const Candidate&) { return passed(); };
  const auto findings =
      found_by({check_of("a", [](const Candidate&) { return warned("hm"); }), check_of("b", pass, "a"),
                check_of("c", [](const Candidate&) { return skipped("no"); }), check_of("d", pass, "c"),
                check_of("e", pass, "one that was not chosen")});
  EXPECT_EQ(findings[1].result.outcome, CheckOutcome::passed);
  EXPECT_EQ(findings[3].result.outcome, CheckOutcome::passed);
  EXPECT_EQ(findings[4].result.outcome, CheckOutcome::passed);
  EXPECT_TRUE(conforms(findings));
}

}  // namespace
}  // namespace oddity::conformance
