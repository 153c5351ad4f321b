#include "detect/group_table.hpp"

#include <gtest/gtest.h>

namespace oddity::detect {
namespace {

Group ending(std::int64_t end) {
  Group group;
  group.last_end = end;
  return group;
}

std::string keys(const GroupTable& table) {
  std::string all;
  for (const auto& entry : table.order()) all += entry.key;
  return all;
}

TEST(GroupTable, KeepsTheOrderOfUse) {
  GroupTable table;
  for (const char* key : {"a", "b", "c"}) table.add(key, ending(0));
  EXPECT_EQ(keys(table), "abc");
  EXPECT_NE(table.use("a"), nullptr);
  EXPECT_EQ(keys(table), "bca");
  EXPECT_EQ(table.use("d"), nullptr);
}

TEST(GroupTable, ForgetsTheLeastRecentlyUsedBeyondANumber) {
  GroupTable table;
  for (const char* key : {"a", "b", "c", "d"}) table.add(key, ending(0));
  table.use("a");
  EXPECT_EQ(table.keep_newest(2), 2u);
  EXPECT_EQ(keys(table), "da");
  EXPECT_EQ(table.use("b"), nullptr);
  EXPECT_EQ(table.keep_newest(2), 0u);
}

TEST(GroupTable, ForgetsWhatEndedBeforeATime) {
  GroupTable table;
  table.add("a", ending(10));
  table.add("b", ending(20));
  table.add("c", ending(30));
  EXPECT_EQ(table.forget_before(10), 0u);
  EXPECT_EQ(table.forget_before(25), 2u);
  EXPECT_EQ(keys(table), "c");
}

TEST(GroupTable, ReferencesStayWhenOthersComeAndGo) {
  GroupTable table;
  Group& kept = table.add("kept", ending(1));
  for (int i = 0; i < 1000; ++i) table.add(std::to_string(i), ending(2));
  EXPECT_EQ(table.use("kept"), &kept);
  table.keep_newest(1);
  EXPECT_EQ(kept.last_end, 1);
  EXPECT_EQ(table.size(), 1u);
}

}  // namespace
}  // namespace oddity::detect
