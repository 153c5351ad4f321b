// The windows that a real Kapacitor (1.5.7) made of the same points; kapacitor/record.py wrote them down.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "window/time_windows.hpp"

namespace oddity::window {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t start = 1'451'606'400;  // 2016-01-01T00:00:00Z

/// A window as a line of the record has it: group, end, times.
std::string line_of(const GroupWindow& window) {
  std::string line = window.group + " " + std::to_string(window.end / second - start);
  for (const std::int64_t time : window.times) line += " " + std::to_string(time / second - start);
  return line;
}

struct Case {
  std::string name;
  std::int64_t late = 0;  ///< points come up to so many seconds late
  std::vector<std::string> expected;
  std::vector<std::string> made;
};

std::vector<Case> replay_record() {
  std::ifstream file(ODDITY_TEST_DATA "/kapacitor/windows.txt");
  std::vector<Case> cases;
  std::unique_ptr<TimeWindows> windows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string word, name;
    words >> word >> name;
    if (word == "case") {
      std::int64_t period = 0, every = 0, align = 0, late = 0;
      words >> period >> every >> align >> late;
      cases.push_back({line, late, {}, {}});
      windows = std::make_unique<TimeWindows>(
          WindowSpec{period * second, every * second, align == 1}, 0,
          [&](const GroupWindow& window) { cases.back().made.push_back(line_of(window)); });
    } else if (word == "point") {
      std::int64_t time = 0;
      words >> time;
      windows->add({name, "m", nullptr}, (start + time) * second, {});
    } else {
      cases.back().expected.push_back(line.substr(word.size() + 1));
    }
  }
  return cases;
}

/// "group end" and "time time..." of a line.
std::pair<std::string, std::string> halves(const std::string& line) {
  const std::size_t blank = std::min(line.find(' ', line.find(' ') + 1), line.size());
  return {line.substr(0, blank), line.substr(blank)};
}

TEST(KapacitorsWindows, AreMadeOfPointsInOrder) {
  std::size_t compared = 0;
  for (const Case& one : replay_record()) {
    if (one.late != 0) continue;
    EXPECT_EQ(one.made, one.expected) << one.name;
    compared += one.expected.size();
  }
  EXPECT_GT(compared, 500u);
}

// Where points come late, Kapacitor's ring buffer loses some (window.go, purge: when the ring's last slot
// holds a late point, all before it go, whatever their time). TimeWindows keeps them: so Kapacitor's window
// is ours or the end of ours.
TEST(KapacitorsWindows, LoseNoMoreThanTheirBeginningWherePointsAreLate) {
  std::size_t same = 0;
  std::size_t shorter = 0;
  for (const Case& one : replay_record()) {
    if (one.late == 0) continue;
    ASSERT_EQ(one.made.size(), one.expected.size()) << one.name;
    for (std::size_t i = 0; i < one.made.size(); ++i) {
      const auto [made, made_times] = halves(one.made[i]);
      const auto [expected, expected_times] = halves(one.expected[i]);
      ASSERT_EQ(made, expected) << one.name;
      ASSERT_TRUE(made_times.ends_with(expected_times))
          << one.name << ": " << one.made[i] << " against " << one.expected[i];
      ++(made_times == expected_times ? same : shorter);
    }
  }
  EXPECT_GT(same, 20 * shorter);
}

}  // namespace
}  // namespace oddity::window
