#include "detect/plan.hpp"

#include <gtest/gtest.h>

#include "scripted.hpp"

namespace oddity::detect {
namespace {

std::vector<std::string> prefixes(const Plan& plan) {
  std::vector<std::string> all;
  for (const Subject& subject : subjects_of(plan)) {
    for (const Sensor& sensor : subject.sensors) all.push_back(sensor.prefix);
  }
  return all;
}

TEST(Plan, NamesHaveOnlyThePartsOfWhichThereAreSeveral) {
  const auto scripted = test::chosen<test::Scripted>();
  using Names = std::vector<std::string>;
  EXPECT_EQ(prefixes(test::plan_of({"x"}, {scripted})), Names{""});
  EXPECT_EQ(prefixes(test::plan_of({"x", "y"}, {scripted})), (Names{"x.", "y."}));
  EXPECT_EQ(prefixes(test::plan_of({"x"}, {scripted, scripted})), (Names{"scripted.", "scripted."}));
  EXPECT_EQ(prefixes(test::plan_of({"x", "y"}, {scripted, scripted})).front(), "x.scripted.");
}

TEST(Plan, ADetectorOfAllFieldsStandsOnce) {
  const Plan plan =
      test::plan_of({"x", "y"}, {test::chosen<test::Scripted>(), test::chosen<test::Together>()});
  const auto subjects = subjects_of(plan);
  ASSERT_EQ(subjects.size(), 3u);
  EXPECT_EQ(subjects[2].columns, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(subjects[2].sensors[0].prefix, "together.");
  EXPECT_FALSE(subjects[2].wants_sorted);
}

}  // namespace
}  // namespace oddity::detect
