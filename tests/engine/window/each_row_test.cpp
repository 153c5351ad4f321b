#include "window/each_row.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace oddity::window {
namespace {

/// "group name end: time values", a line a window.
class Each : public testing::Test {
 protected:
  void add(const GroupIdentity& group, std::int64_t time, const std::vector<double>& values) {
    rows_.add(group, time, values);
  }
  std::vector<std::string> made;
  EachRow rows_{2, [this](const GroupWindow& window) {
                  std::string line =
                      window.group + " " + window.name + " " + std::to_string(window.end) + ":";
                  for (std::size_t row = 0; row < window.rows(); ++row) {
                    line += " " + std::to_string(window.times[row]);
                    for (const auto& column : window.columns)
                      line += " " + std::to_string(static_cast<int>(column[row]));
                  }
                  made.push_back(line);
                }};
};

TEST_F(Each, RowIsAWindowThatEndsAtItsTime) {
  const Tags tags{{"host", "a"}};
  add({"host=a", "cpu", &tags}, 7, {1, 2});
  add({"host=b", "cpu", nullptr}, 7, {3, 4});
  add({"host=a", "mem", &tags}, 9, {5, 6});
  EXPECT_EQ(made,
            (std::vector<std::string>{"host=a cpu 7: 7 1 2", "host=b cpu 7: 7 3 4", "host=a mem 9: 9 5 6"}));
  EXPECT_EQ(rows_.repeated(), 0u);
}

TEST_F(Each, RowOfATimeThatWasThereIsAWindowTooAndCounted) {
  for (const std::int64_t time : {7, 7, 7, 8}) add({"", "m", nullptr}, time, {1, 2});
  EXPECT_EQ(made.size(), 4u);
  EXPECT_EQ(rows_.repeated(), 2u);
}

TEST_F(Each, RowsOfATimeWithNumbersInDifferentFieldsAreNotCounted) {
  const double none = std::nan("");
  add({"", "m", nullptr}, 7, {1, none});
  add({"", "m", nullptr}, 7, {none, 2});
  EXPECT_EQ(rows_.repeated(), 0u);
  add({"", "m", nullptr}, 7, {none, 3});
  EXPECT_EQ(rows_.repeated(), 1u);
}

}  // namespace
}  // namespace oddity::window
