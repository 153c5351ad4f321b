// What helps an author to keep law 7: ratios that are always finite, bounds that are always there.
#include "oddity/evaluation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "oddity/moments.hpp"
#include "oddity/tails.hpp"
#include "oddity/window.hpp"

namespace oddity {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Ratio, IsTheQuotientWhereThatIsFinite) {
  EXPECT_EQ(ratio(3, 2), 1.5);
  EXPECT_EQ(ratio(-3, 2), -1.5);
  EXPECT_EQ(ratio(0, 2), 0);
}

TEST(Ratio, IsTheLargestDoubleWithTheSignOfTheDifferenceWhereThereIsNoSpread) {
  EXPECT_EQ(ratio(1e-300, 0), largest);
  EXPECT_EQ(ratio(-5, 0), -largest);
  EXPECT_EQ(ratio(1e300, 1e-300), largest) << "too little of it";
  EXPECT_EQ(ratio(-infinity, 0), -largest) << "a difference that overflows";
}

TEST(Ratio, OfNoDifferenceIsZeroAndOfNoNumberNone) {
  EXPECT_EQ(ratio(0, 0), 0);
  EXPECT_FALSE(std::signbit(ratio(-0.0, 0)));
  EXPECT_TRUE(std::isnan(ratio(std::nan(""), 0)));
}

TEST(Bounds, StandOnTheSidesThatWereAskedFor) {
  Evaluation answer;
  answer.expected = 10;
  answer.set_bounds(3, Direction::both);
  EXPECT_EQ(answer.lower, 7);
  EXPECT_EQ(answer.upper, 13);
  Evaluation above;
  above.expected = 10;
  above.set_bounds(3, Direction::above);
  EXPECT_TRUE(std::isnan(above.lower));
  EXPECT_EQ(above.upper, 13);
  Evaluation below;
  below.expected = -largest;
  below.set_bounds(largest, Direction::below);
  EXPECT_EQ(below.lower, -largest) << "what overflows ends where the doubles do";
  EXPECT_TRUE(std::isnan(below.upper));
}

TEST(Tail, IsHalvedWhereBothDirectionsCount) {
  EXPECT_EQ(tail_of({Direction::both, 0.01}), 0.005);
  EXPECT_EQ(tail_of({Direction::above, 0.01}), 0.01);
  EXPECT_EQ(tail_of({Direction::below, 0.01}), 0.01);
}

TEST(WithoutSpread, PCountsTheOrdersInWhichThoseThatDifferAreTheLast) {
  EXPECT_EQ(p_without_spread(5, 3, 0), 1);
  EXPECT_EQ(p_without_spread(2, 1, 1), 1.0 / 3);
  EXPECT_NEAR(p_without_spread(3, 2, 2), 1.0 / 10, 1e-15);
  EXPECT_NEAR(p_without_spread(3, 2, 1), 2.0 / 5, 1e-15);
  EXPECT_NEAR(p_without_spread(200, 10, 10) * 36976937738226486.0, 1, 1e-9) << "210 over 10";
  EXPECT_EQ(p_without_spread(10'000'000, 100'000, 100'000), 0) << "below what a double holds, and at once";
}

TEST(WithoutSpread, OnlyAShiftInTheDirectionAskedForGoes) {
  EXPECT_TRUE(goes(-1, Direction::both));
  EXPECT_FALSE(goes(0, Direction::both));
  EXPECT_FALSE(goes(-1, Direction::above));
  EXPECT_TRUE(goes(-1, Direction::below));
}

TEST(Column, OfAHostOfTheFirstDayHasAMeanWithoutARest) {
  const std::vector<double> values{1, 2};
  oddity_column column{sizeof column, values.data(), nullptr, 1.5, 0.5, 1, 2, 0.25, 0};
  EXPECT_EQ(Column(column, 2).moments().mean_rest, 0.25);
  column.struct_size = ODDITY_THROUGH(oddity_column, max);
  const Moments moments = Column(column, 2).moments();
  EXPECT_EQ(moments.mean_rest, 0) << "what stands there is not the host's";
  EXPECT_EQ(moments.count, 2u);
  EXPECT_EQ(moments.mean, 1.5);
  EXPECT_EQ(moments.sum_of_squares, 0.5);
  EXPECT_EQ(moments.min, 1);
  EXPECT_EQ(moments.max, 2);
}

/// Whole numbers about an offset at which a double has steps of 1/8: sums of their distances are exact.
RC_GTEST_PROP(Moments, KeepTheMeanToTheLastDigitAboutALargeOffset, ()) {
  const auto distances =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 1000)));
  const std::size_t cut = *rc::gen::inRange<std::size_t>(0, distances.size() + 1);
  constexpr double offset = 1e15;
  std::vector<double> values;
  std::int64_t sum = 0;
  for (const int distance : distances) {
    values.push_back(offset + distance);
    sum += distance;
  }
  const double exact = static_cast<double>(sum) / static_cast<double>(distances.size());
  const std::span<const double> all(values);
  for (const Moments& moments :
       {moments_of(all), merge(moments_of(all.first(cut)), moments_of(all.subspan(cut)))}) {
    RC_ASSERT(std::abs((moments.mean - offset) + moments.mean_rest - exact) <= 1e-12 * (1 + std::abs(exact)));
    RC_ASSERT(std::abs(moments.mean_rest) <= 0.0625);
  }
}

}  // namespace
}  // namespace oddity
