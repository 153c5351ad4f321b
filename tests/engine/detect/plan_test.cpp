#include "detect/plan.hpp"

#include <gtest/gtest.h>

#include "scripted.hpp"

namespace oddity::detect {
namespace {

std::vector<std::string> prefixes(const Plan& plan) {
  std::vector<std::string> all;
  for (const FieldSet& field_set : field_sets_of(plan)) {
    for (const DetectorSpec& spec : field_set.specs) all.push_back(spec.prefix);
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
  const auto field_sets = field_sets_of(plan);
  ASSERT_EQ(field_sets.size(), 3u);
  EXPECT_EQ(field_sets[2].columns, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(field_sets[2].specs[0].prefix, "together.");
  EXPECT_FALSE(field_sets[2].wants_sorted);
}

struct Sorting : test::Scripted {
  using Scripted::Scripted;
  static constexpr Description description{
      .name = "sorting", .version = "1", .about = "Wants its values sorted.", .wants_sorted = true};
};

TEST(Plan, WhereOneOfAFieldWantsSortedValuesThereAreSome) {
  const auto sorting = test::chosen<Sorting>(), other = test::chosen<test::Scripted>();
  for (const auto& algorithms : {std::vector{sorting, other}, {other, sorting}})
    EXPECT_TRUE(field_sets_of(test::plan_of({"x"}, algorithms)).at(0).wants_sorted);
  EXPECT_FALSE(field_sets_of(test::plan_of({"x"}, {other, other})).at(0).wants_sorted);
}

}  // namespace
}  // namespace oddity::detect
