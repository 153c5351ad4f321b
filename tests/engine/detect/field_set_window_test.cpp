#include "detect/field_set_window.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scripted.hpp"

namespace oddity::detect {
namespace {

using test::window_of;

const double nan = std::nan("");

std::vector<double> values(const oddity_window& window) {
  return {window.columns[0]->values, window.columns[0]->values + window.rows};
}

class FieldSetWindowTest : public testing::Test {
 protected:
  FieldSet field_set{{0}, {}, true};
  FieldSetWindow taken;
};

TEST_F(FieldSetWindowTest, AWholeWindowIsUsedWhereItIs) {
  const auto window = window_of({0, 1, 2}, {{3, 1, 2}}, 3);
  ASSERT_TRUE(taken.fill(window, field_set, never));
  EXPECT_EQ(taken.abi().columns[0]->values, window.columns[0].data()) << "no copy";
  EXPECT_EQ(taken.abi().fresh, 3u);
  EXPECT_EQ(taken.abi().columns[0]->mean, 2);
  EXPECT_EQ(taken.abi().columns[0]->sum_of_squares, 2);
  EXPECT_EQ(taken.abi().columns[0]->sorted[0], 1);
  EXPECT_EQ(taken.latest(), 2);
}

TEST_F(FieldSetWindowTest, TheMeanKeepsTheDigitsThatADoubleCannotHold) {
  // The mean is 1e15 + 2/3; a double has steps of 1/8 there.
  const auto window = window_of({0, 1, 2}, {{1e15, 1e15 + 1, 1e15 + 1}}, 3);
  ASSERT_TRUE(taken.fill(window, field_set, never));
  const oddity_column& column = *taken.abi().columns[0];
  EXPECT_NEAR((column.mean - 1e15) + column.mean_rest, 2.0 / 3, 1e-12);
  EXPECT_LE(std::abs(column.mean_rest), 1.0 / 16);
}

TEST_F(FieldSetWindowTest, RowsWithoutAValueAreLeftOut) {
  const auto window = window_of({0, 1, 2}, {{3, nan, 2}}, 3);
  ASSERT_TRUE(taken.fill(window, field_set, never));
  EXPECT_EQ(values(taken.abi()), (std::vector<double>{3, 2}));
  EXPECT_EQ(taken.abi().times[1], 2);
}

TEST_F(FieldSetWindowTest, NoUsableRowIsNoWindow) {
  EXPECT_FALSE(taken.fill(window_of({0}, {{nan}}, 1), field_set, never));
  EXPECT_FALSE(taken.fill(window_of({}, {{}}, 1), field_set, never));
}

TEST_F(FieldSetWindowTest, FreshRowsComeLastEvenWhenTheyArriveFirst) {
  const auto window = window_of({5, 1, 6, 2}, {{50, 10, 60, 20}}, 7);
  ASSERT_TRUE(taken.fill(window, field_set, 2));
  EXPECT_EQ(values(taken.abi()), (std::vector<double>{10, 20, 50, 60}));
  EXPECT_EQ(taken.abi().fresh, 2u);
}

TEST_F(FieldSetWindowTest, SeenRowsAreCountedByTheLastSeen) {
  const auto window = window_of({1, 2, 3, 4}, {{1, 2, 3, 4}}, 5);
  ASSERT_TRUE(taken.fill(window, field_set, 1));
  EXPECT_EQ(taken.abi().fresh, 3u);
  EXPECT_EQ(taken.abi_seen(3).fresh, 1u);
  EXPECT_EQ(taken.abi_seen(9).fresh, 0u);
}

TEST_F(FieldSetWindowTest, ConstantsAreExact) {
  const auto window = window_of({0, 1, 2}, {{0.1, 0.1, 0.1}}, 3);
  ASSERT_TRUE(taken.fill(window, field_set, never));
  EXPECT_EQ(taken.abi().columns[0]->mean, 0.1);
  EXPECT_EQ(taken.abi().columns[0]->sum_of_squares, 0);
}

}  // namespace
}  // namespace oddity::detect
