// Where in a CSV the time of a row stands.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "csv_reading.hpp"

namespace oddity::formats {
namespace {

class RowTime : public CsvReading {
 protected:
  std::vector<std::int64_t> times(const std::string& text) {
    std::vector<std::int64_t> all;
    for (const Read& row : read(text)) all.push_back(row.time);
    return all;
  }
};

using Times = std::vector<std::int64_t>;
constexpr std::int64_t new_year = 1'704'067'200;  // 2024-01-01T00:00:00Z

TEST_F(RowTime, ATimeThatCannotBeReadIsNamed) {
  EXPECT_TRUE(read("time,x\nyesterday,1\n,2\n").empty());
  ASSERT_EQ(diagnostics.size(), 2u);
  const std::string readable = "1454202300, 2016-01-31T01:05:00Z, 2016-01-31 01:05:00 or 31.01.2016 01:05";
  EXPECT_EQ(diagnostics[0], "2: expected a time, as " + readable + ", got 'yesterday'");
  EXPECT_EQ(diagnostics[1], "3: expected a time, as " + readable + ", got none");
}

TEST_F(RowTime, AFirstColumnWithoutANameIsTheTime) {
  const auto rows = read(",x\n2024-01-01 00:00:00,1\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].time, 1'704'067'200);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0],
            "1: the time is taken from the first column, which has no name (--time-column names "
            "another)");
  EXPECT_EQ(read(",time,x\n0,5,1\n").at(0).time, 5) << "an index beside a time is none";
}

TEST_F(RowTime, TheTimeHasOneOfItsUsualNames) {
  for (const char* name : {"time", "Time", "TIMESTAMP", "_time", "datetime", "Date", "ts"})
    EXPECT_EQ(read(std::string("x,") + name + "\n1,5\n").at(0).time, 5) << name;
  choice.columns.time = "when";
  EXPECT_EQ(read("x,time,when\n1,5,6\n").at(0).time, 6);
}

TEST_F(RowTime, AnIndexWithoutANameIsToldOnce) {
  EXPECT_EQ(xs(",x\n1,2\n,x\n3,4\n"), (Numbers{2, 4}));
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(notes.size(), 1u);
}

TEST_F(RowTime, OfSeveralColumnsThatMayBeTheTimeTheOtherIsSaid) {
  EXPECT_EQ(xs("date,ts,x\n2024-03-01,5,2\n"), Numbers{2});
  EXPECT_EQ(notes, std::vector<std::string>{
                       "1: the time is taken from 'date', and not from 'ts' (--time-column names another)"});
  choice.columns.time = "ts";
  xs("date,ts,x\n2024-03-01,5,2\n");
  EXPECT_TRUE(notes.empty()) << "it was chosen";
  choice = {{"ts"}, {"", {}, ""}, {}};
  xs("date,ts\n2024-03-01,5\n");
  EXPECT_TRUE(notes.empty()) << "it is the field";
}

TEST_F(RowTime, MayBeADateAndAClockInTwoColumns) {
  EXPECT_EQ(times("Date,Time,x\n2024-01-01,00:00:05,1\n2024-01-01,00:01,2\n"),
            (Times{new_year + 5, new_year + 60}));
  EXPECT_EQ(notes, std::vector<std::string>{"2: the time is taken from 'Date' and 'Time' together"});
  EXPECT_EQ(times("x;time;date\n1;00:00:05;01.01.2024\n"), Times{new_year + 5});
}

/// Which of the two it is the first row tells whose time can be read.
TEST_F(RowTime, BesideADateIsWholeWhereItCanBeReadAlone) {
  EXPECT_EQ(times("date,time,x\n2024-01-09,2024-01-01T00:00:05Z,1\n2024-01-09,7,2\n"),
            (Times{new_year + 5, 7}));
  EXPECT_EQ(notes,
            std::vector<std::string>{
                "2: the time is taken from 'time', and not from 'date' (--time-column names another)"});
  EXPECT_EQ(times("date,time,x\n2024-01-09,ERR,1\n2024-01-01,00:00:05,2\n"), Times{new_year + 5});
  EXPECT_EQ(diagnostics.size(), 1u);
}

TEST_F(RowTime, OfTwoColumnsIsOfOneFormAndOneZone) {
  zone = "Europe/Paris";
  EXPECT_EQ(times("date,time,x\n2024-01-01,01:00:05,1\n"), Times{new_year + 5});
  EXPECT_EQ(times("date,time,x\n2024-01-01,00:00:05Z,1\n"), Times{new_year + 5});
}

TEST_F(RowTime, OfTwoColumnsIsNamedWholeWhereItCannotBeRead) {
  times("date,time,x\n01/02/2024,10:00:05,1\n");
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_NE(diagnostics[0].find("got '01/02/2024 10:00:05'"), std::string::npos) << diagnostics[0];
}

TEST_F(RowTime, MayBeOfTwoColumnsThatAreNamed) {
  choice.columns.time = "Datum";
  choice.columns.clock = "Uhrzeit";
  EXPECT_EQ(times("Datum;Uhrzeit;x\n01.01.2024;00:00:05;1\n"), Times{new_year + 5});
  EXPECT_TRUE(notes.empty());
  choice.columns.clock = "Uhr";
  EXPECT_NE(error_of("Datum;Uhrzeit;x\n").find("expected a column 'Uhr' for the time of day"),
            std::string::npos);
}

/// A header that comes again, and one whose columns stand otherwise.
TEST_F(RowTime, OfTwoColumnsIsFoundAnewByEachHeader) {
  EXPECT_EQ(times("date,time,x\n2024-01-01,00:00:05,1\ndate,time,x\n2024-01-01,00:00:06,2\n"
                  "time,date,x\n00:00:07,2024-01-01,3\n"),
            (Times{new_year + 5, new_year + 6, new_year + 7}));
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(RowTime, OfTwoColumnsTellsARowFromAComment) {
  EXPECT_EQ(times("host,date,time,x\n#1,2024-01-01,00:00:05,1\n#1,2024-01-01,00:00:06,2\n# a,b,c,d\n"),
            (Times{new_year + 5, new_year + 6}));
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(RowTime, IsNotJoinedWithADateThatIsChosenForSomethingElse) {
  choice.columns.tags = {"date"};
  EXPECT_TRUE(times("date,time,x\n2024-01-01,00:00:05,1\n").empty());
  EXPECT_NE(diagnostics.at(0).find("got '00:00:05'"), std::string::npos);
}

}  // namespace
}  // namespace oddity::formats
