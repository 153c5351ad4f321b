#include "csv/thousands.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace oddity::formats {
namespace {

std::optional<Thousands::Likely> likely(const std::vector<std::string>& numbers) {
  Thousands thousands;
  for (const std::string& number : numbers) thousands.add(number);
  return thousands.likely();
}

TEST(Thousands, AreLikelyWhereThreeDigitsFollowTheMarkAndOtherNumbersHaveNone) {
  const auto found = likely({"0", "998", "-1.012", "999", "12.500", "999.999"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->marked, "-1.012");
  EXPECT_EQ(found->whole, "0");
  EXPECT_TRUE(likely({"1,012", "998"})) << "as others write them";
}

TEST(Thousands, AreNoneWhereAnyNumberIsWrittenOtherwise) {
  for (const char* const other : {"0.998", "1.01", "1.0123", "1012", "1012.000", "1e3", ".998", "1.012.000"})
    EXPECT_FALSE(likely({"998", "1.012", other})) << other;
  EXPECT_FALSE(likely({"1.012", "1.013"})) << "three decimals, always";
  EXPECT_FALSE(likely({"1", "2"}));
  EXPECT_FALSE(likely({}));
}

}  // namespace
}  // namespace oddity::formats
