#include "replay/replay.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace oddity::replay {
namespace {

/// Replays a text in windows of two seconds.
struct Replayed {
  std::map<std::string, std::vector<std::int64_t>> ends;  ///< of the windows, by group
  std::map<std::string, std::vector<std::string>> names;  ///< of the windows, by group
  std::map<std::string, std::vector<double>> values;      ///< by group, as they stood in windows
  std::vector<std::string> told;
  std::vector<std::string> remarks;
  Counts counts;
};

Replayed replay_text(const Reading& reading, const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("oddity-replay-" + std::to_string(::getpid()));
  std::ofstream(path) << text;
  Replayed done;
  window::TimeWindows windows({2, 2, false}, 1, [&](const window::GroupWindow& window) {
    done.ends[window.group].push_back(window.end);
    done.names[window.group].push_back(window.name);
    auto& values = done.values[window.group];
    values.insert(values.end(), window.columns[0].begin(), window.columns[0].end());
  });
  Replay replay(reading, {"x"}, [&](const std::string& line) { done.told.push_back(line); });
  replay.read(path.string(), {});
  replay.judge([&](const window::GroupIdentity& group, std::int64_t time, std::span<const double> values) {
    windows.add(group, time, values);
  });
  std::filesystem::remove(path);
  done.remarks = replay.remarks();
  done.counts = replay.counts();
  return done;
}

std::map<std::string, std::vector<std::int64_t>> replayed(const Reading& reading, const std::string& text,
                                                          std::vector<std::string>* told = nullptr) {
  Replayed done = replay_text(reading, text);
  if (told != nullptr) told->insert(told->end(), done.told.begin(), done.told.end());
  return done.ends;
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

TEST(Replay, AQuoteThatNeverClosesCostsNoMoreThanATextMayTake) {
  std::string csv = "time,x,note\n0,1,\"open\n";
  std::string lp = "m x=1,note=\"open 0\n";
  for (int time = 1; time < 40'000; ++time) {
    csv += std::to_string(time) + ",2,\n";
    lp += "m x=2 " + std::to_string(time) + "\n";
  }
  Reading reading;
  for (const std::string& text : {lp, csv}) {
    const Replayed done = replay_text(reading, text);
    reading.format = Format::csv;
    EXPECT_EQ(done.counts.rows + done.counts.unreadable, 40'000u) << "each line is a row or lost";
    EXPECT_GT(done.counts.rows, 25'000u);
    ASSERT_EQ(done.told.size(), 1u);
    EXPECT_NE(done.told[0].find(": expected a closing quote, got none up to line "), std::string::npos);
    EXPECT_NE(done.told[0].find("; these " + std::to_string(done.counts.unreadable) + " lines are lost"),
              std::string::npos)
        << done.told[0];
  }
}

TEST(Replay, ALineThatIsTooLongIsCountedOnceAndTheNextIsRead) {
  const std::string more(LineSource::longest_line, '7');
  const Replayed done = replay_text({}, "m x=1 0\nm x=" + more + more + more + " 1\nm x=1 2\nm x=1 4\n");
  EXPECT_EQ(done.counts.rows, 3u);
  EXPECT_EQ(done.counts.unreadable, 1u);
  ASSERT_EQ(done.told.size(), 1u);
  EXPECT_TRUE(done.told[0].ends_with(":2: expected a line of at most 16 MiB, got a longer one"))
      << done.told[0];
}

TEST(Replay, ATextThatGoesOnInALineThatIsTooLongIsLostWithIt) {
  const std::string more(2 * LineSource::longest_line, 'x');
  Reading reading;
  for (const std::string& text : {"m x=1 0\nm note=\"open\n" + more + "\",x=1 1\nm x=1 2\nm x=1 4\n",
                                  "time,note,x\n0,\"open\n" + more + "\",1\n1,a,1\n2,a,1\n4,a,1\n"}) {
    const Replayed done = replay_text(reading, text);
    reading.format = Format::csv;
    EXPECT_EQ(done.counts.rows, 3u);
    EXPECT_EQ(done.counts.unreadable, 2u);
    ASSERT_EQ(done.told.size(), 1u);
    EXPECT_TRUE(done.told[0].ends_with(
        ":2: expected a line of at most 16 MiB, got a longer one; these 2 lines are lost"))
        << done.told[0];
  }
}

TEST(Replay, RowsInAnyOrderAreJudged) {
  const std::vector<std::int64_t> all{2, 4, 6};
  for (const char* text : {"m x=1 0\nm x=2 2\nm x=3 4\nm x=4 6\n", "m x=4 6\nm x=3 4\nm x=2 2\nm x=1 0\n",
                           "m x=3 4\nm x=1 0\nm x=4 6\nm x=2 2\n"}) {
    const Replayed done = replay_text({}, text);
    EXPECT_EQ(done.ends.at(""), all) << text;
    EXPECT_EQ(done.values.at(""), (std::vector<double>{1, 2, 3})) << text;
  }
}

TEST(Replay, RowsOfOneTimeStayInTheOrderOfTheFile) {
  EXPECT_EQ(replay_text({}, "m x=9 2\nm x=1 0\nm x=2 0\nm x=3 0\n").values.at(""),
            (std::vector<double>{1, 2, 3}));
}

TEST(Replay, RowsBeyondTheMemoryAreOrderedOnDisk) {
  std::string text;
  for (int i = 0; i < 2'000; ++i) text += "m x=1 " + std::to_string((i * 7919) % 2'000) + "\n";
  Reading reading;
  const auto expected = replayed(reading, text);
  reading.memory = 1;
  EXPECT_EQ(replayed(reading, text), expected);
}

TEST(Replay, WhatCameOutOfOrderIsSaid) {
  const Replayed done = replay_text({}, "m x=1 5\nm x=1 1\nm x=1 6\nm x=1 2\n");
  ASSERT_EQ(done.remarks.size(), 1u);
  EXPECT_TRUE(done.remarks[0].starts_with("2 points came after a later one, the first at "))
      << done.remarks[0];
  EXPECT_TRUE(done.remarks[0].ends_with(":2; all were put in order")) << done.remarks[0];
}

TEST(Replay, ARowWithAClockFarAheadTakesNoOtherWithIt) {
  const Replayed done = replay_text({}, "m x=1 0\nm x=1 2\nm x=1 9000000000\nm x=1 4\nm x=1 6\nm x=1 8\n");
  EXPECT_EQ(done.ends.at(""), (std::vector<std::int64_t>{2, 4, 6, 8, 10}));
  ASSERT_EQ(done.remarks.size(), 2u);
  EXPECT_NE(done.remarks[1].find(":3: its time, 1970-01-01T00:00:09Z, lies far from all others"),
            std::string::npos)
      << done.remarks[1];
}

TEST(Replay, AWindowHasTheMeasurementOfItsGroupsFirstPoint) {
  EXPECT_EQ(replay_text({}, "late x=1 2\nfirst x=1 0\n").names.at(""), std::vector<std::string>{"first"});
}

TEST(Replay, MeasurementsMayBeKeptApart) {
  const Replayed done = replay_text(grouped_by({"_measurement", "host"}),
                                    "cpu,host=a x=1 0\nmem,host=a x=2 0\ncpu,host=a x=1 2\n");
  EXPECT_TRUE(done.ends.contains("cpu\nhost=a"));
  EXPECT_TRUE(done.remarks.empty());
}

TEST(Replay, NamesThatNoRowHasAreSaidWithASuggestion) {
  Reading reading = grouped_by({"hst"});
  reading.measurement = "cp";
  Replayed done = replay_text(reading, "cpu,host=a x=1 0\n");
  ASSERT_EQ(done.remarks.size(), 1u);
  EXPECT_EQ(done.remarks[0], "no row is of the measurement 'cp'; did you mean 'cpu'?");
  EXPECT_EQ(done.counts.other_measurements, 1u);
  reading.measurement = "cpu";
  done = replay_text(reading, "cpu,host=a xx=1 0\n");
  ASSERT_EQ(done.remarks.size(), 2u);
  EXPECT_EQ(done.remarks[0], "no row has a number in field 'x'; did you mean 'xx'?");
  EXPECT_EQ(done.remarks[1], "no row has the tag 'hst' of --group-by (did you mean 'host'?)");
  EXPECT_EQ(done.counts.without_number, 1u);
}

TEST(Replay, ValuesThatAreNoNumberAreCountedAndTheFirstNamed) {
  std::string csv = "time,x\n";
  for (int i = 0; i < 30; ++i) csv += std::to_string(i) + ",ERR\n";
  Reading reading;
  reading.format = Format::csv;
  const Replayed done = replay_text(reading, csv + "30,1\n");
  EXPECT_EQ(done.counts.no_numbers, 30u);
  ASSERT_EQ(done.told.size(), 11u);
  EXPECT_TRUE(done.told[0].ends_with(":2: expected a number in 'x', got 'ERR'")) << done.told[0];
  EXPECT_EQ(done.told[10], "further values that are not numbers are only counted");
  EXPECT_TRUE(
      replay_text({}, "m x=\"ERR\" 0\n").told.at(0).ends_with(":1: expected a number in 'x', got '\"ERR\"'"));
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
