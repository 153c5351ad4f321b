// `oddity plugin check` as a person calls it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program/run.hpp"

namespace oddity::test {
namespace {

const std::string zscore = "plugin check '" ODDITY_PLUGINS "/zscore.so' ";
const std::string bad = "plugin check '" ODDITY_BAD_PLUGINS "/p_above_one.so' ";

TEST(PluginCheck, ChoosesByExpressionAndSaysTheSeed) {
  const Finished done = run(zscore + "--include '^p-' --exclude uniform --seed 5");
  EXPECT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_EQ(done.out.substr(0, done.out.find('\n')), "passed   p-in-range");
  EXPECT_NE(done.out.find("\n1 checks of "), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("(seed 5)"), std::string::npos);
}

TEST(PluginCheck, FailsWithItsParagraph) {
  const Finished done = run(bad + "--include '^p-in'");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.out.find("failed   p-in-range             expected a p-value from 0 to 1, got 1."),
            std::string::npos)
      << done.out;
  EXPECT_NE(done.out.find("On ordinary data, in every direction that is served, a p-value"),
            std::string::npos);
}

TEST(PluginCheck, AWarningDoesNotFail) {
  const Finished done = run("plugin check '" ODDITY_BAD_PLUGINS "/prints_to_stderr.so' --include '^no-std'");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_NE(done.out.find("warned   no-stderr"), std::string::npos) << done.out;
}

TEST(PluginCheck, ReproducesOneInItsOwnProcess) {
  const Finished passed = run(zscore + "--reproduce p-uniform");
  EXPECT_EQ(passed.exit_code, 0);
  const Finished failed = run(bad + "--reproduce p-in-range");
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_TRUE(failed.out.starts_with("failed   p-in-range")) << failed.out;
  const Finished crashed =
      run("plugin check '" ODDITY_BAD_PLUGINS "/exits_when_loaded.so' --reproduce loads");
  EXPECT_EQ(crashed.exit_code, 0) << "the plugin has ended this very process";
  EXPECT_EQ(crashed.out, "");
}

TEST(PluginCheck, TheSameSeedFindsTheSame) {
  const std::string asked = zscore + "--include 'p-uniform' --seed ";
  EXPECT_EQ(run(asked + "11").out, run(asked + "11").out);
  EXPECT_NE(run(asked + "11 --json").out, run(asked + "12 --json").out);
}

TEST(PluginCheck, TalksToPrograms) {
  const Finished done = run(bad + "--json --include '^(p-in-range|finite-numbers)$'");
  EXPECT_EQ(done.exit_code, 1);
  const auto read = nlohmann::json::parse(done.out);
  EXPECT_EQ(read["conforms"], false);
  EXPECT_EQ(read["checks"][0]["outcome"], "failed");
}

TEST(PluginCheck, TakesOptionsWhereTheUsualWillNotDo) {
  const Finished done = run(zscore + "--include creates --param size=77");
  EXPECT_NE(done.out.find("size=77"), std::string::npos) << done.out;
  EXPECT_EQ(run(zscore + "--include creates --param size=1").exit_code, 1) << "below its least";
  const Finished unknown = run(zscore + "--include creates --param sise=77");
  EXPECT_NE(unknown.out.find("option 'sise': expected an option of zscore"), std::string::npos)
      << unknown.out;
}

TEST(PluginCheck, LimitIsHowLongACheckMayTake) {
  const Finished done =
      run("plugin check '" ODDITY_BAD_PLUGINS "/hangs_in_evaluate.so' --include '^evaluates$' --limit 0.5");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.out.find("crashed  evaluates              did not end within 0.5 s"), std::string::npos)
      << done.out;
}

TEST(PluginCheck, SaysWhatAPersonGotWrong) {
  EXPECT_EQ(run("plugin check").exit_code, 2);
  EXPECT_NE(run(zscore + "--include '('").errors.find("option '--include': expected a regular expression"),
            std::string::npos);
  EXPECT_NE(run(zscore + "--reproduce p-unifrom").errors.find("did you mean 'p-uniform'?"),
            std::string::npos);
  EXPECT_NE(run(zscore + "--include nothing-of-this-name").errors.find("at least one check left"),
            std::string::npos);
  const Finished nowhere = run("plugin check /nowhere/at_all.so");
  EXPECT_EQ(nowhere.exit_code, 1);
  EXPECT_NE(nowhere.out.find("failed   file"), std::string::npos) << nowhere.out;
}

}  // namespace
}  // namespace oddity::test
