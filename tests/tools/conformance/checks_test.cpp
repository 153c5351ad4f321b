// The list of checks is their specification, so it has rules of its own.
#include "conformance/checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace oddity::conformance {
namespace {

TEST(Checks, HaveIdsOfWordsJoinedByHyphensEachOnce) {
  std::set<std::string_view> seen;
  for (const Check& check : all_checks()) {
    EXPECT_TRUE(seen.insert(check.id).second) << check.id;
    EXPECT_TRUE(std::all_of(check.id.begin(), check.id.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || c == '-';
    })) << check.id;
  }
}

TEST(Checks, SayWhatWhyAndHowToMend) {
  for (const Check& check : all_checks()) {
    EXPECT_GE(std::count(check.about.begin(), check.about.end(), '.'), 2) << check.id;
    EXPECT_TRUE(check.about.ends_with('.')) << check.id;
    EXPECT_EQ(check.about.find("  "), std::string_view::npos) << check.id << " has two blanks in a row";
    EXPECT_NE(check.run, nullptr) << check.id;
  }
}

TEST(Checks, StandBehindTheOneTheyNeed) {
  std::set<std::string_view> before{""};
  for (const Check& check : all_checks()) {
    EXPECT_TRUE(before.contains(check.needs)) << check.id << " needs " << check.needs;
    before.insert(check.id);
  }
}

TEST(Checks, NoneOfAGroupIsLost) {
  std::size_t count = 0;
  for (const auto group :
       {&loading_checks, &description_checks, &running_checks, &purity_checks, &instances_checks,
        &answers_checks, &data_checks, &learning_checks, &statistics_checks, &state_checks, &damage_checks,
        &options_checks, &manners_checks})
    count += group().size();
  EXPECT_EQ(all_checks().size(), count);
  EXPECT_GE(count, 40u);
}

}  // namespace
}  // namespace oddity::conformance
