#include "plugin/abi_window.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace oddity::plugin {
namespace {

TEST(AbiWindow, IsWhatTheCoreWouldHand) {
  const AbiWindow window({{3, 1, 2}, {6, 4, 8}}, {10, 20, 30}, true);
  const oddity_window& abi = window.abi();
  EXPECT_EQ(abi.struct_size, sizeof abi);
  EXPECT_EQ(abi.rows, 3u);
  EXPECT_EQ(abi.fresh, 3u);
  EXPECT_EQ(abi.column_count, 2u);
  EXPECT_EQ(abi.end, 30);
  const oddity_column& column = *abi.columns[1];
  EXPECT_EQ(column.mean, 6);
  EXPECT_EQ(column.sum_of_squares, 8);
  EXPECT_EQ(column.min, 4);
  EXPECT_EQ(column.max, 8);
  EXPECT_TRUE(std::is_sorted(column.sorted, column.sorted + 3));
  EXPECT_EQ(column.values[0], 6);
}

TEST(AbiWindow, HasSortedValuesOnlyForWhoAsked) {
  EXPECT_EQ(AbiWindow({{1, 2}}, {1, 2}, false).abi().columns[0]->sorted, nullptr);
}

TEST(AbiWindow, MayBeMoved) {
  AbiWindow window = AbiWindow({{1, 2, 3}}, {1, 2, 3}, true).with_fresh(1);
  const AbiWindow moved = std::move(window);
  EXPECT_EQ(moved.abi().columns[0]->values, moved.columns()[0].data());
  EXPECT_EQ(moved.abi().times, moved.times().data());
  EXPECT_EQ(moved.abi().fresh, 1u);
}

}  // namespace
}  // namespace oddity::plugin
