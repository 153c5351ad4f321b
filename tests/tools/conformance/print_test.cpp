#include "conformance/print.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "conformance/checks.hpp"

namespace oddity::conformance {
namespace {

std::vector<Finding> some_findings() {
  const Check check{"p-in-range", "answers", "", "A p-value is a probability. Mend it.", nullptr};
  return {
      {check, passed()}, {check, failed("got \xff 1.5")}, {check, warned("slow")}, {check, skipped("no")}};
}

TEST(Print, OneLineACheck) {
  EXPECT_EQ(line(some_findings()[0]), "passed   p-in-range\n");
  EXPECT_EQ(line(some_findings()[2]), "warned   p-in-range             slow\n");
}

TEST(Print, TheSummaryTellsWhatWasNotPassedWithItsParagraphAndHowToRunItAgain) {
  const std::string text = summary(Candidate("x.so", 7), some_findings());
  EXPECT_NE(text.find("p-in-range failed\n    got \xff 1.5\n  A p-value is a probability. Mend it.\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("p-in-range warned\n    slow\n"), std::string::npos);
  EXPECT_NE(text.find("4 checks of x.so: 1 passed, 1 warned, 1 failed, 0 crashed, 1 skipped (seed 7)"),
            std::string::npos);
  EXPECT_NE(text.find("--seed 7 --reproduce p-in-range"), std::string::npos);
}

TEST(Print, JsonIsJsonWhateverThePluginSays) {
  const auto read = nlohmann::json::parse(json(Candidate("x.so", 7), some_findings()));
  EXPECT_EQ(read["seed"], 7);
  EXPECT_EQ(read["conforms"], false);
  ASSERT_EQ(read["checks"].size(), 4u);
  EXPECT_EQ(read["checks"][1]["outcome"], "failed");
  EXPECT_EQ(read["checks"][2]["detail"], "slow");
  EXPECT_EQ(nlohmann::json::parse(json(all_checks())).size(), all_checks().size());
}

TEST(Print, LongParagraphsAreBrokenAtBlanks) {
  std::istringstream text(list(all_checks()));
  for (std::string one; std::getline(text, one);) EXPECT_LE(one.size(), 100u) << one;
}

TEST(Print, ThePageInTheDocsIsWhatTheProgramPrints) {
  std::stringstream page;
  page << std::ifstream(std::string(ODDITY_SOURCE) + "/docs/plugin-check.md").rdbuf();
  EXPECT_TRUE(page.str() == markdown(all_checks()))
      << "make it anew: oddity plugin check --list --markdown > docs/plugin-check.md";
}

}  // namespace
}  // namespace oddity::conformance
