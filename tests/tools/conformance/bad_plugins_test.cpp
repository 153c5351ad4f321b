// Each bad plugin of docs/bad-plugins.md does not pass the check of its line, in
// the way it says, and no other.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "bad_plugin_table.hpp"
#include "conformance/checks.hpp"
#include "conformance/run.hpp"

namespace oddity::conformance {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized =
    true;  // a sanitizer ends the process at some faults before their check comes to see them
#else
constexpr bool sanitized = false;
#endif

class EachBadPlugin : public testing::TestWithParam<test::BadPlugin> {};

TEST_P(EachBadPlugin, DoesNotPassExactlyItsCheck) {
  if (sanitized) GTEST_SKIP() << "under a sanitizer";
  const auto& [name, fault, check, outcome] = GetParam();
  const std::chrono::seconds limit(name.starts_with("hangs") ? 2 : 30);
  const Candidate candidate(fs::path(ODDITY_BAD_PLUGINS) / (name + ".so"), 1);
  std::vector<std::string> found;
  for (const Finding& finding : run_checks(candidate, all_checks(), limit)) {
    const CheckOutcome came = finding.result.outcome;
    if (came == CheckOutcome::passed || came == CheckOutcome::skipped) continue;
    if (finding.check.timed && came == CheckOutcome::warned && finding.check.id != check)
      continue;  // the machine's load
    found.push_back(std::string(finding.check.id) + " " + std::string(to_string(came)));
    EXPECT_FALSE(finding.result.detail.empty()) << finding.check.id << " says nothing of what it found";
  }
  EXPECT_EQ(found, std::vector<std::string>{check + " " + outcome});
}

INSTANTIATE_TEST_SUITE_P(Faults, EachBadPlugin, testing::ValuesIn(test::bad_plugins()),
                         [](const auto& tested) {
                           std::string name = tested.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(BadPlugins, TheTableHasEveryFileWithTheSentenceAtItsBegin) {
  std::set<std::string> listed;
  for (const test::BadPlugin& plugin : test::bad_plugins()) {
    std::ifstream file(fs::path(ODDITY_SOURCE) / "tests" / "bad_plugins" / (plugin.name + ".cpp"));
    std::string first;
    std::getline(file, first);
    EXPECT_EQ(first, "// " + plugin.fault) << plugin.name;
    EXPECT_TRUE(listed.insert(plugin.name).second) << plugin.name << " stands twice";
  }
  std::set<std::string> files;
  for (const auto& entry : fs::directory_iterator(fs::path(ODDITY_SOURCE) / "tests" / "bad_plugins")) {
    if (entry.path().extension() == ".cpp") files.insert(entry.path().stem().string());
  }
  EXPECT_EQ(listed, files);
}

TEST(BadPlugins, EveryCheckHasOneThatDoesNotPassIt) {
  std::set<std::string> missed;
  for (const test::BadPlugin& plugin : test::bad_plugins()) missed.insert(plugin.check);
  for (const Check& check : all_checks()) EXPECT_TRUE(missed.contains(std::string(check.id))) << check.id;
}

}  // namespace
}  // namespace oddity::conformance
