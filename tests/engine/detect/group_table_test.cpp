#include "detect/group_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

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

/// The same by the plainest means: keys in the order of use.
class Listed {
 public:
  bool use(const std::string& key) {
    if (!forget(key)) return false;
    keys_.push_back(key);
    return true;
  }
  void add(const std::string& key) { keys_.push_back(key); }
  bool forget(const std::string& key) { return std::erase(keys_, key) != 0; }
  void keep_newest(std::size_t max) {
    while (keys_.size() > max) keys_.erase(keys_.begin());
  }
  const std::vector<std::string>& keys() const { return keys_; }

 private:
  std::vector<std::string> keys_;
};

RC_GTEST_PROP(GroupTableProp, FindsWhatAListOfKeysFinds, ()) {
  GroupTable table;
  Listed listed;
  const int steps = *rc::gen::inRange(0, 400);
  const int different = *rc::gen::element(3, 20, 200);
  for (int step = 0; step < steps; ++step) {
    const std::string key = "key" + std::to_string(*rc::gen::inRange(0, different));
    switch (*rc::gen::weightedElement<int>({{6, 0}, {2, 1}, {1, 2}})) {
      case 0: {
        const bool found = table.use(key) != nullptr;
        RC_ASSERT(found == listed.use(key));
        if (found) break;
        table.add(key, ending(step));
        listed.add(key);
        break;
      }
      case 1:
        table.forget(key);
        listed.forget(key);
        break;
      default: {
        const auto most = static_cast<std::size_t>(*rc::gen::inRange(1, different + 1));
        table.keep_newest(most);
        listed.keep_newest(most);
      }
    }
    RC_ASSERT(table.size() == listed.keys().size());
  }
  std::vector<std::string> left;
  for (const auto& entry : table.order()) left.push_back(entry.key);
  RC_ASSERT(left == listed.keys());
  for (const std::string& key : left) RC_ASSERT(table.use(key) != nullptr);
}

}  // namespace
}  // namespace oddity::detect
