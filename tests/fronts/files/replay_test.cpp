#include "replay/replay.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace oddity::replay {
namespace {

/// Replays a text in windows of two seconds; the ends of the windows by group.
std::map<std::string, std::vector<std::int64_t>> replayed(const Reading& reading, const std::string& text,
                                                          std::vector<std::string>* told = nullptr) {
  const auto path = std::filesystem::temp_directory_path() / ("oddity-replay-" + std::to_string(::getpid()));
  std::ofstream(path) << text;
  std::map<std::string, std::vector<std::int64_t>> ends;
  window::TimeWindows windows(
      {2, 2, false}, 1, [&](const window::GroupWindow& window) { ends[window.group].push_back(window.end); });
  Replay replay(reading, {"x"}, windows, [&](const std::string& line) {
    if (told != nullptr) told->push_back(line);
  });
  replay.read(path.string(), {});
  std::filesystem::remove(path);
  return ends;
}

Reading grouped_by(std::vector<std::string> tags) {
  Reading reading;
  reading.group_by = std::move(tags);
  return reading;
}

const std::string two_hosts =
    "m,dc=d,host=a x=1 0\nm,host=b x=1 0\nm,host=a,dc=d x=1 2\nother,host=b x=1 2\n";

TEST(Replay, WithoutGroupsAllPointsAreOne) {
  EXPECT_EQ(replayed({}, two_hosts), (std::map<std::string, std::vector<std::int64_t>>{{"", {2}}}));
}

TEST(Replay, GroupsHaveKapacitorsKeys) {
  const auto ends = replayed(grouped_by({"host", "dc"}), two_hosts);
  EXPECT_TRUE(ends.contains("dc=d,host=a"));
  EXPECT_TRUE(ends.contains("dc=,host=b")) << "a tag that is missing is empty in the key";
  EXPECT_TRUE(replayed(grouped_by({"*"}), two_hosts).contains("host=b"));
}

TEST(Replay, TheMeasurementFilters) {
  Reading reading = grouped_by({"host"});
  reading.measurement = "m";
  EXPECT_FALSE(replayed(reading, two_hosts).contains("host=b"));
}

TEST(Replay, OnlyTheFirstUnreadableLinesAreNamed) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "no line\n";
  std::vector<std::string> told;
  replayed({}, text, &told);
  EXPECT_EQ(told.size(), 11u);
  EXPECT_NE(told.front().find(":1: expected"), std::string::npos);
}

TEST(Replay, AQuoteThatNeverClosesCostsItsLine) {
  std::string csv = "time,x,note\n0,1,\"open\n";
  std::string lp = "m x=1,note=\"open 0\n";
  for (int time = 1; time < 20'000; ++time) {
    csv += std::to_string(time) + ",2,\n";
    lp += "m x=2 " + std::to_string(time) + "\n";
  }
  Reading reading;
  std::vector<std::string> told;
  EXPECT_EQ(replayed(reading, lp, &told).at("").size(), 9'999u);
  reading.format = Format::csv;
  EXPECT_EQ(replayed(reading, csv, &told).at("").size(), 9'999u);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NE(told[0].find(":1: expected a closing quote, got the end of the line"), std::string::npos);
  EXPECT_NE(told[1].find(":2: expected a closing quote, got the end of the line"), std::string::npos);
}

TEST(Replay, ALineMayHoldATextOfSeveralLines) {
  std::vector<std::string> told;
  EXPECT_EQ(replayed({}, "m log=\"two\nlines, m x=9 9\",x=1 0\nm x=1 2\n", &told).at(""),
            std::vector<std::int64_t>{2});
  EXPECT_TRUE(told.empty());
}

TEST(Replay, InCsvTheMeasurementIsTheNameOfTheRows) {
  Reading reading;
  reading.format = Format::csv;
  reading.measurement = "temperatures";
  EXPECT_EQ(replayed(reading, "time,x\n0,1\n2,1\n").at(""), std::vector<std::int64_t>{2});
}

TEST(Replay, TheFormatIsGuessedByTheName) {
  EXPECT_EQ(format_by_name("a/b.csv"), Format::csv);
  EXPECT_EQ(format_by_name("b.csv.gz"), Format::csv);
  for (const char* name : {"b.lp", "-", "csv", "b.csv.lp"})
    EXPECT_EQ(format_by_name(name), Format::line_protocol) << name;
}

TEST(Replay, ACsvRecordMayHoldNewlines) {
  Reading reading;
  reading.format = Format::csv;
  EXPECT_EQ(replayed(reading, "\xef\xbb\xbftime,note,x\n0,\"two\nlines\",1\n1,,2\n2,,3\n").at(""),
            std::vector<std::int64_t>{2});
}

}  // namespace
}  // namespace oddity::replay
