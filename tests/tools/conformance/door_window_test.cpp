#include "conformance/door_window.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace oddity::conformance {
namespace {

oddity_description description(bool wants_sorted) {
  oddity_description described{};
  described.wants_sorted = wants_sorted;
  return described;
}

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

TEST(Source, IsTheSameForTheSameSeedAndGoesOnInTime) {
  Source one(description(false), 2, 5), same(description(false), 2, 5), other(description(false), 2, 6);
  std::int64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    const DoorWindow window = one.noise();
    EXPECT_EQ(window.columns(), same.noise().columns());
    EXPECT_NE(window.columns(), other.noise().columns());
    EXPECT_NE(window.columns()[0], window.columns()[1]);
    EXPECT_TRUE(std::is_sorted(window.times().begin(), window.times().end()));
    EXPECT_GT(window.times().front(), last);
    last = window.times().back();
  }
}

}  // namespace
}  // namespace oddity::conformance
