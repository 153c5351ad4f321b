#include "plugin/door_window.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace oddity::plugin {
namespace {

TEST(DoorWindow, IsWhatTheCoreWouldHand) {
  const DoorWindow window({{3, 1, 2}, {6, 4, 8}}, {10, 20, 30}, true);
  const oddity_window& door = window.door();
  EXPECT_EQ(door.struct_size, sizeof door);
  EXPECT_EQ(door.rows, 3u);
  EXPECT_EQ(door.fresh, 3u);
  EXPECT_EQ(door.column_count, 2u);
  EXPECT_EQ(door.end, 30);
  const oddity_column& column = *door.columns[1];
  EXPECT_EQ(column.mean, 6);
  EXPECT_EQ(column.sum_of_squares, 8);
  EXPECT_EQ(column.least, 4);
  EXPECT_EQ(column.most, 8);
  EXPECT_TRUE(std::is_sorted(column.sorted, column.sorted + 3));
  EXPECT_EQ(column.values[0], 6);
}

TEST(DoorWindow, HasSortedValuesOnlyForWhoAsked) {
  EXPECT_EQ(DoorWindow({{1, 2}}, {1, 2}, false).door().columns[0]->sorted, nullptr);
}

TEST(DoorWindow, MayBeMoved) {
  DoorWindow window = DoorWindow({{1, 2, 3}}, {1, 2, 3}, true).with_fresh(1);
  const DoorWindow moved = std::move(window);
  EXPECT_EQ(moved.door().columns[0]->values, moved.columns()[0].data());
  EXPECT_EQ(moved.door().times, moved.times().data());
  EXPECT_EQ(moved.door().fresh, 1u);
}

}  // namespace
}  // namespace oddity::plugin
