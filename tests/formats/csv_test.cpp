#include "csv/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "base/error.hpp"

namespace oddity::formats {
namespace {

/// Reads a file of fields x and y, with the tag host, numbers as times in seconds.
class Csv : public testing::Test {
 protected:
  struct Read {
    std::int64_t time = 0;  ///< s
    std::string name;
    std::string tags;
    double x = 0;
    double y = 0;
    std::string no_number;
  };
  std::vector<Read> read(const std::string& text) {
    rows_.clear();
    diagnostics.clear();
    notes.clear();
    TimeReader times(precision, zone);
    std::size_t number = 0;
    CsvParser parser(
        choice, times, [&] { return "rows.csv:" + std::to_string(number); },
        [&](const std::string& note) { notes.push_back(std::to_string(number) + ": " + note); });
    std::istringstream lines(text);
    Row row;
    for (std::string line, diagnostic; std::getline(lines, line);) {
      ++number;
      Parsed parsed = parser.parse(line, row, diagnostic);
      for (std::string more; parsed == Parsed::open && std::getline(lines, more);)
        parsed = parser.extend(line += "\n" + more, row, diagnostic);
      if (parsed == Parsed::row) keep(row);
      if (parsed == Parsed::unreadable) diagnostics.push_back(std::to_string(number) + ": " + diagnostic);
    }
    parser.finish();
    other_fields = parser.other_fields();
    return rows_;
  }
  std::vector<double> xs(const std::string& text) {
    std::vector<double> all;
    for (const Read& row : read(text)) all.push_back(row.x);
    return all;
  }
  std::string error_of(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  CsvChoice choice{{"x"}, {"", {}}, {}};
  Precision precision = Precision::s;
  std::string zone;
  std::vector<std::string> diagnostics;
  std::vector<std::string> notes;
  std::uint64_t other_fields = 0;

 private:
  void keep(const Row& row) {
    Read kept{row.time / 1'000'000'000, std::string(row.name), "", row.values[0], missing, ""};
    if (row.values.size() > 1) kept.y = row.values[1];
    for (const auto& [key, value] : row.tags) kept.tags += std::string(key) + "=" + std::string(value) + ";";
    for (const NoNumber& other : row.no_numbers) kept.no_number += other.text;
    rows_.push_back(kept);
  }
  std::vector<Read> rows_;
};

using Numbers = std::vector<double>;

TEST_F(Csv, ColumnsAreFoundByName) {
  choice.columns.tags = {"host"};
  const auto rows = read("host,x,time\na,1.5,7\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].time, 7);
  EXPECT_EQ(rows[0].x, 1.5);
  EXPECT_EQ(rows[0].tags, "host=a;");
}

TEST_F(Csv, AColumnToGroupByIsATag) {
  choice.group_by = {"host", "rack"};
  EXPECT_EQ(read("host,x,time\na,1.5,7\n").at(0).tags, "host=a;");
}

TEST_F(Csv, BlanksAroundNamesTimesAndNumbersDoNotCount) {
  choice.columns.tags = {"host"};
  const auto rows = read(" time,x ,host\n 7 ,\t-2e3 , a \n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].time, 7);
  EXPECT_EQ(rows[0].x, -2000);
  EXPECT_EQ(rows[0].tags, "host= a ;") << "a tag is a text";
}

TEST_F(Csv, AnEmptyTagIsNone) {
  choice.columns.tags = {"host"};
  EXPECT_EQ(read("time,x,host\n7,1,\n").at(0).tags, "");
}

TEST_F(Csv, ATimeThatCannotBeReadIsNamed) {
  EXPECT_TRUE(read("time,x\nyesterday,1\n,2\n").empty());
  ASSERT_EQ(diagnostics.size(), 2u);
  const std::string readable = "1454202300, 2016-01-31T01:05:00Z, 2016-01-31 01:05:00 or 31.01.2016 01:05";
  EXPECT_EQ(diagnostics[0], "2: expected a time, as " + readable + ", got 'yesterday'");
  EXPECT_EQ(diagnostics[1], "3: expected a time, as " + readable + ", got none");
}

TEST_F(Csv, WordsForNoValueAreMissingSilently) {
  for (const char* text :
       {"", " ", "nan", "NaN", "-nan", "NA", "N/A", "#N/A", "null", "NULL", "None", "nil", "-"}) {
    const auto rows = read("time,x\n1," + std::string(text) + "\n");
    ASSERT_EQ(rows.size(), 1u) << text;
    EXPECT_TRUE(std::isnan(rows[0].x)) << text;
    EXPECT_EQ(rows[0].no_number, "") << text;
  }
}

TEST_F(Csv, ACellThatIsNoNumberIsMissingAndKnown) {
  for (const char* text : {"ERR", "12 %", "1.004.2", "inf", "1e999", "0x10", "1,004.2"}) {
    const auto rows = read("time,x\n1,\"" + std::string(text) + "\"\n");
    ASSERT_EQ(rows.size(), 1u) << text;
    EXPECT_TRUE(std::isnan(rows[0].x)) << text;
    EXPECT_EQ(rows[0].no_number, text);
  }
}

TEST_F(Csv, TheSeparatorIsThatOfTheHeader) {
  EXPECT_EQ(xs("time;x\n1;2\n"), Numbers{2});
  EXPECT_EQ(xs("time\tx\n1\t2\n"), Numbers{2});
  EXPECT_EQ(xs("time|x\n1|2\n"), Numbers{2});
  EXPECT_EQ(xs("sep=;\r\ntime;x\r\n1;2\r\n"), Numbers{2});
  EXPECT_EQ(xs("\"sep=_\"\ntime_x\n1_2\n"), Numbers{2});
}

TEST_F(Csv, WhereItIsNoCommaNumbersMayHaveOne) {
  EXPECT_EQ(xs("time;x\n1;20,5\n2;-1,5e3\n3;7\n"), (Numbers{20.5, -1500, 7}));
  EXPECT_TRUE(notes.empty());
  EXPECT_TRUE(std::isnan(xs("time;x\n1;1.004,2\n").at(0)));
  EXPECT_TRUE(std::isnan(xs("time;x\n1;1,004,2\n").at(0)));
  EXPECT_EQ(xs("time;x\n1;20,5\n2;1.004\n3;1,5\n"), (Numbers{20.5, 1.004, 1.5}));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0], "3: '20,5' and '1.004' are both read as numbers with decimals");
}

TEST_F(Csv, AMarkThatMaySeparateThousandsIsNoted) {
  EXPECT_EQ(xs("time;x\n1;998\n2;1.012\n"), (Numbers{998, 1.012}));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(
      notes[0],
      "3: '1.012' in 'x' is read as a number with decimals, beside '998' without: if its mark separates "
      "thousands, it must not be there");
  EXPECT_EQ(xs("time;x\n1;1,012\n2;998\n"), (Numbers{1.012, 998}));
  EXPECT_EQ(notes.size(), 1u);
  EXPECT_EQ(xs("time;x\n1;998\n2;1.012\n3;1.5\n"), (Numbers{998, 1.012, 1.5}));
  EXPECT_TRUE(notes.empty());
}

TEST_F(Csv, AFirstColumnWithoutANameIsTheTime) {
  const auto rows = read(",x\n2024-01-01 00:00:00,1\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].time, 1'704'067'200);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0],
            "1: the time is taken from the first column, which has no name (--time-column names "
            "another)");
  EXPECT_EQ(read(",time,x\n0,5,1\n").at(0).time, 5) << "an index beside a time is none";
}

TEST_F(Csv, TheTimeHasOneOfItsUsualNames) {
  for (const char* name : {"time", "Time", "TIMESTAMP", "_time", "datetime", "Date", "ts"})
    EXPECT_EQ(read(std::string("x,") + name + "\n1,5\n").at(0).time, 5) << name;
  choice.columns.time = "when";
  EXPECT_EQ(read("x,time,when\n1,5,6\n").at(0).time, 6);
}

TEST_F(Csv, CommentsAreNoRows) {
  EXPECT_EQ(xs("# made by a logger, on Monday\n\ntime,x\n# off\n1,2\n#3,4,5\n"), Numbers{2});
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(Csv, AHeaderMayBeAComment) { EXPECT_EQ(xs("# a table\n# time,x\n1,2\n"), Numbers{2}); }

TEST_F(Csv, ARowMayBeginLikeAComment) {
  choice.columns.tags = {"host"};
  EXPECT_EQ(read("host,time,x\n#1,5,2\n# no row\n").at(0).tags, "host=#1;");
}

TEST_F(Csv, AHeaderThatComesAgainIsNoRow) {
  EXPECT_EQ(xs("time,x\n1,2\ntime,x\n3,4\n"), (Numbers{2, 4}));
  EXPECT_EQ(xs("time,x\n1,2\nx,time\n3,4\n"), (Numbers{2, 3})) << "with its columns in another order";
  EXPECT_EQ(xs("time,x\n1,2\nx,time,y\n3,4,5\n"), (Numbers{2, 3}));
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(xs("time,x\n1,2\ntime,y\n3,4\ntime,x\n5,6\n"), (Numbers{2, 6}));
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_NE(diagnostics[0].find("4: expected a column 'x' for the field"), std::string::npos)
      << diagnostics[0];
}

TEST_F(Csv, AnotherHeaderMayNameTheTimeOtherwise) {
  choice.fields = {"x", "y"};
  const auto pairs = [&](const std::string& second) {
    std::vector<std::pair<double, double>> all;
    for (const Read& row : read("time,x,y\n1,2,3\n" + second)) all.emplace_back(row.x, row.y);
    return all;
  };
  const std::vector<std::pair<double, double>> both{{2, 3}, {5, 6}};
  EXPECT_EQ(pairs("Timestamp,y,x\n4,6,5\n"), both);
  EXPECT_EQ(pairs("y,x,ts\n6,5,4\n"), both);
  EXPECT_EQ(pairs("\xef\xbb\xbftime,y,x\n4,6,5\n"), both) << "a joined file may begin with a mark";
  EXPECT_EQ(pairs("\xef\xbb\xbf\"time\",y,x\n4,6,5\n"), both);
  EXPECT_EQ(pairs("sep=;\r\nts;y;x\n4;6;5\n"), both) << "and say how it is separated";
  EXPECT_EQ(pairs("\xef\xbb\xbf\"sep=;\"\r\nts;y;x\n4;6;5\n"), both);
  EXPECT_EQ(pairs("# ts,y,x\n4,6,5\n"), both) << "numpy's header is a comment";
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(pairs(",y,x\n4,6,5\n"), both) << "pandas' index has no name";
  EXPECT_EQ(notes.size(), 1u);
  EXPECT_EQ(pairs("when,y,x\n4,6,5\n").size(), 1u) << "nothing is read by columns that are not its own";
  EXPECT_EQ(diagnostics.size(), 1u);
}

TEST_F(Csv, ALineWithANumberIsNoHeader) {
  choice.columns.tags = {"host"};
  EXPECT_EQ(xs("time,host,x\n1,a,2\nnone,x,3\n4,a,5\n"), (Numbers{2, 5})) << "a host may be called x";
  EXPECT_EQ(diagnostics.size(), 1u);
}

TEST_F(Csv, AnIndexWithoutANameIsToldOnce) {
  EXPECT_EQ(xs(",x\n1,2\n,x\n3,4\n"), (Numbers{2, 4}));
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(notes.size(), 1u);
}

TEST_F(Csv, OfSeveralColumnsThatMayBeTheTimeTheOtherIsSaid) {
  EXPECT_EQ(xs("date,ts,x\n2024-03-01,5,2\n"), Numbers{2});
  EXPECT_EQ(notes, std::vector<std::string>{
                       "1: the time is taken from 'date', and not from 'ts' (--time-column names another)"});
  choice.columns.time = "ts";
  xs("date,ts,x\n2024-03-01,5,2\n");
  EXPECT_TRUE(notes.empty()) << "it was chosen";
  choice = {{"ts"}, {"", {}}, {}};
  xs("date,ts\n2024-03-01,5\n");
  EXPECT_TRUE(notes.empty()) << "it is the field";
}

TEST_F(Csv, ATextInQuotesMayHoldNewlines) {
  EXPECT_EQ(xs("time,note,x\n0,\"two\nlines, \"\"both\"\"\",1\n1,,2\n"), (Numbers{1, 2}));
}

TEST_F(Csv, MistakesInTheHeaderAreAllNamed) {
  choice.columns.tags = {"host"};
  EXPECT_EQ(
      error_of("when,X\n1,2\n"),
      "rows.csv:1: expected a column 'time' or 'timestamp', got a header without it (its names, split at "
      "',': when, X) (name it with --time-column); "
      "rows.csv:1: expected a column 'x' for the field, got a header without it (its names, split at "
      "',': when, X) (did you mean 'X'?); "
      "rows.csv:1: expected a column 'host' for a tag, got a header without it (its names, split at ',': "
      "when, X)");
  choice.columns.tags = {};
  EXPECT_NE(error_of("time,x,x\n1,2,3\n").find("expected one column 'x'"), std::string::npos);
}

TEST_F(Csv, RecordsHaveAsManyColumnsAsTheHeader) {
  EXPECT_TRUE(read("time,x\n1\n1,2,3\n1,\"2\"3\n").empty());
  EXPECT_EQ(diagnostics, (std::vector<std::string>{
                             "2: expected 2 columns, got 1", "3: expected 2 columns, got 3",
                             "4: expected a separator or the end of the line after a closing quote"}));
}

TEST_F(Csv, OfInfluxDbsTablesEachNamedResultIsAnotherSeries) {
  const std::string header = ",result,table,_time,_value,_field,_measurement\n";
  EXPECT_EQ(read("#default,mean,,,,,\n" + header + ",,0,2024-01-01T00:00:01Z,1,x,cpu\n").at(0).tags,
            "result=mean;");
  EXPECT_EQ(read("#default,_result,,,,,\n" + header + ",,0,2024-01-01T00:00:01Z,1,x,cpu\n").at(0).tags, "");
  EXPECT_EQ(read("#default,_result,,,,,\n" + header + ",max,0,2024-01-01T00:00:01Z,1,x,cpu\n").at(0).tags,
            "result=max;");
}

// InfluxDB's annotated CSV, as `influx query --raw` and its web page export it.

const std::string annotated =
    "#group,false,false,true,true,false,false,true,true,true\r\n"
    "#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string\r\n"
    "#default,_result,,,,,,,,\r\n"
    ",result,table,_start,_stop,_time,_value,_field,_measurement,host\r\n"
    ",,0,2024-01-01T00:00:00Z,2024-01-02T00:00:00Z,2024-01-01T00:00:01Z,1.5,x,cpu,a\r\n"
    ",,1,2024-01-01T00:00:00Z,2024-01-02T00:00:00Z,2024-01-01T00:00:01Z,7,z,cpu,a\r\n"
    "\r\n"
    "#datatype,string,long,string,string,dateTime:RFC3339,double\r\n"
    "#group,false,false,true,true,false,false\r\n"
    "#default,_result,,x,,,\r\n"
    ",result,table,_field,_measurement,_time,_value\r\n"
    ",,2,,mem,2024-01-01T00:00:02Z,2.5\r\n"
    ",,2,y,mem,2024-01-01T00:00:03Z,3.5\r\n";

TEST_F(Csv, InfluxTablesHaveColumnsInAnyOrderAndAFieldARow) {
  choice.fields = {"x", "y"};
  const auto rows = read(annotated);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(rows[0].time, 1'704'067'201);
  EXPECT_EQ(rows[0].x, 1.5);
  EXPECT_TRUE(std::isnan(rows[0].y));
  EXPECT_EQ(rows[0].name, "cpu");
  EXPECT_EQ(rows[0].tags, "host=a;");
  EXPECT_EQ(rows[1].x, 2.5) << "an empty cell is its column's default";
  EXPECT_EQ(rows[1].name, "mem");
  EXPECT_EQ(rows[1].tags, "");
  EXPECT_EQ(rows[2].y, 3.5);
  EXPECT_EQ(other_fields, 1u);
}

TEST_F(Csv, InfluxTablesMayBePivoted) {
  const auto rows = read(
      "#datatype,string,long,dateTime:RFC3339,string,string,double,double\n"
      "#group,false,false,false,true,true,false,false\n"
      "#default,_result,,,,,,\n"
      ",result,table,_time,_measurement,host,x,z\n"
      ",,0,2024-01-01T00:00:01Z,cpu,a,1.5,2\n"
      "\n"
      "#datatype,string,long,dateTime:RFC3339,string,double\n"
      "#group,false,false,false,true,false\n"
      "#default,_result,,,,\n"
      ",result,table,_time,_measurement,z\n"
      ",,0,2024-01-01T00:00:01Z,mem,3\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].x, 1.5);
  EXPECT_EQ(rows[0].tags, "host=a;");
  EXPECT_TRUE(std::isnan(rows[1].x)) << "a table without the field";
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(Csv, InfluxTablesWithoutAnnotationsAreKnownByTheirNames) {
  const auto rows = read(
      ",result,table,_time,_value,_field,_measurement,host\n"
      ",_result,0,2024-01-01T00:00:01Z,1.5,x,cpu,a\n"
      "\n"
      ",result,table,host,_time,_field,_value,_measurement\n"
      ",_result,1,b,2024-01-01T00:00:02Z,x,2.5,cpu\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].x, 2.5);
  EXPECT_EQ(rows[1].tags, "host=b;");
}

TEST_F(Csv, RowsOfATableWithoutATimeCannotBeRead) {
  EXPECT_TRUE(read("#datatype,string,string\n#group,true,true\n#default,,\n,name,host\n,cpu,a\n").empty());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_NE(diagnostics[0].find("5: expected a column 'time'"), std::string::npos) << diagnostics[0];
}

TEST_F(Csv, OfAQueryThatFailedInfluxDbsWordsAreSaid) {
  EXPECT_TRUE(
      read("#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n,out of memory,897\n")
          .empty());
  EXPECT_EQ(diagnostics, std::vector<std::string>{"5: the query failed: 'out of memory'"});
}

/// Found by fuzzing: the comment was looked at for a time, in a column behind the last.
TEST_F(Csv, ACommentInATableWithoutATimeIsNone) {
  EXPECT_TRUE(read("#group,false\n,host\n#a,b\n").empty());
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(Csv, InfluxTimesThatAreNumbersAreNanoseconds) {
  EXPECT_EQ(read("#datatype,string,dateTime:number,double\n#group,false,false,false\n#default,,,\n"
                 ",result,_time,x\n,,1704067201000000000,1\n")
                .at(0)
                .time,
            1'704'067'201);
}

}  // namespace
}  // namespace oddity::formats
