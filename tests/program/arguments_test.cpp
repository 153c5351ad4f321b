// What stands in `args` of Kapacitor's configuration, or does not: told where an operator looks.
#include <fmt/format.h>

#include "agent.hpp"
#include "run.hpp"

namespace oddity::test {
namespace {

/// The answer to Kapacitor's first question, and what the log says besides.
struct Started {
  std::optional<udf::Response> answer;
  std::string log;
  int exit_code;
};
Started started_with(const std::vector<std::string>& arguments) {
  StandIn kapacitor(ODDITY_PROGRAM, arguments);
  kapacitor.send(info_request());
  Started started{kapacitor.next(), "", -1};
  kapacitor.close_input();
  started.exit_code = kapacitor.exit_code();
  started.log = kapacitor.log();
  return started;
}

TEST(Arguments, WithoutAVerbBetweenPipesItIsTheAgentAndSaysSo) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{}, {"--oom-score", "7"}}) {
    const Started started = started_with(arguments);
    ASSERT_TRUE(started.answer);
    EXPECT_TRUE(started.answer->has_info());
    EXPECT_EQ(
        started.log,
        "oddity: started without a verb, between pipes: taken for `oddity agent`; args = [\"agent\"] in "
        "Kapacitor's configuration says so\n");
    EXPECT_EQ(started.exit_code, 0);
  }
}

TEST(Arguments, WithoutAVerbItJudgesAsWithIt) {
  StandIn kapacitor(ODDITY_PROGRAM, {});
  kapacitor.send(usual_init());
  EXPECT_TRUE(kapacitor.next()->init().success());
  kapacitor.close_input();
  EXPECT_EQ(kapacitor.exit_code(), 0);
}

TEST(Arguments, WhatIsWrongIsTheAnswerToKapacitorAndALineOfTheLog) {
  const std::string where = "oddity: the arguments in Kapacitor's configuration, `args`: ";
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong{
      {{"agnet"}, where + "there is no verb 'agnet' (did you mean 'agent'?)"},
      {{"agent", "--sokcet=x"},
       where + "The following argument was not expected: --sokcet=x (did you mean '--socket'?)"},
      {{"agent", "--sock\x1b[31met"},
       where + "The following argument was not expected: --sock [31met (`oddity agent --help` lists what "
               "there is)"},
      {{"--confg=x.yaml"},
       where + "The following argument was not expected: --confg=x.yaml (did you mean '--config'?)"},
      {{"agent", "--oom-score", "5000"},
       where + "--oom-score: Value 5000 not in range 0 to 1000 (`oddity agent --help` lists what there is)"},
      {{"agent", "--mode", "9"},
       "oddity: option '--mode': expected permissions in octal digits, such as 0660, got '9'"}};
  for (const auto& [arguments, sentence] : wrong) {
    const Started started = started_with(arguments);
    ASSERT_TRUE(started.answer) << sentence;
    EXPECT_EQ(started.answer->error().error(), sentence);
    EXPECT_NE(started.log.find(sentence + "\n"), std::string::npos) << started.log;
    EXPECT_EQ(started.exit_code, 2);
  }
}

/// Somebody's program that runs ours with pipes is no Kapacitor: it closes its end, and is not waited for.
TEST(Arguments, NobodyIsWaitedForWhoAsksNothing) {
  StandIn somebody(ODDITY_PROGRAM, {"agnet"});
  somebody.close_input();
  EXPECT_EQ(somebody.exit_code(), 2);
  EXPECT_EQ(somebody.output(), "");
}

TEST(Arguments, OtherVerbsAndHelpAreAsEver) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"replay", "--nope"}, {"plugin", "nope"}, {"demo", "nope"}}) {
    StandIn somebody(ODDITY_PROGRAM, arguments);
    EXPECT_EQ(somebody.exit_code(), 2) << "although its input is still open";
    EXPECT_EQ(somebody.output(), "");
    EXPECT_EQ(somebody.log().find("Kapacitor"), std::string::npos);
  }
  StandIn somebody(ODDITY_PROGRAM, {"--version"});
  EXPECT_EQ(somebody.exit_code(), 0);
  EXPECT_NE(run("--version").out, "");
}

/// As cron and daemons may start a program.
TEST(Arguments, ClosedStandardDescriptorsAreNoFault) {
  const std::string check = std::string("plugin describe ttest");
  const std::string expected = run(check).out;
  for (const char* closed : {" <&-", " <&- 2>&-"}) EXPECT_EQ(run(check + closed).out, expected) << closed;
}

TEST(Arguments, WhatCannotBePrintedIsNoSuccess) {
  for (const char* verb : {"--version", "--help", "plugin list", "plugin describe ttest", "config options",
                           "demo", "snapshot --help"}) {
    for (const char* lost : {" > /dev/full", " >&-"}) {
      const Finished done = run(verb + std::string(lost));
      EXPECT_EQ(done.exit_code, 1) << verb << lost;
      EXPECT_NE(done.errors.find("oddity: stdout: expected room for what is printed, got "),
                std::string::npos)
          << verb << lost << ": " << done.errors;
    }
  }
}

TEST(Arguments, APersonIsToldOfTheVerbs) {
  const Finished done = run("< /dev/null");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_NE(done.errors.find("A subcommand is required"), std::string::npos) << done.errors;
}

TEST(Arguments, AWordThatNobodyKnowsIsHeldAgainstThoseThatThereAre) {
  const std::vector<std::pair<std::string, std::string>> nearest{
      {"rplay x.lp", "did you mean 'replay'?"},
      {"replay x.lp --algoritm ks", "did you mean '--algorithm'?"},
      {"replay x.lp --algorithm ks --onlyanomalies", "did you mean '--only-anomalies'?"},
      {"plugin lst", "did you mean 'list'?"},
      {"evaluate --treshold=1 x", "did you mean '--threshold'?"},
      {"replay x.lp --frobnicate --algoritm ks", "did you mean '--algorithm'?"},
      {"live --lisen 127.0.0.1:0", "did you mean '--listen'?"}};
  for (const auto& [arguments, hint] : nearest) {
    const Finished done = run(arguments);
    EXPECT_EQ(done.exit_code, 2) << arguments;
    EXPECT_TRUE(done.errors.ends_with(hint + "\n")) << done.errors;
  }
  EXPECT_EQ(run("replay x.lp --frobnicate").errors.find("did you mean"), std::string::npos);
}

TEST(Arguments, NumbersThatCountSomethingBeginAtOne) {
  for (const std::string flag : {"replay x.lp --threads", "evaluate x --threads", "evaluate x --worst"}) {
    for (const std::string number : {"0", "-1", "1.5", "two", "08"}) {
      const Finished done = run(fmt::format("{} {}", flag, number));
      EXPECT_EQ(done.exit_code, 2);
      EXPECT_NE(done.errors.find("expected a whole number of at least 1, got '" + number + "'"),
                std::string::npos)
          << done.errors;
    }
  }
}

}  // namespace
}  // namespace oddity::test
