// The tables of InfluxDB: several in a file, with annotations or without.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "csv_reading.hpp"

namespace oddity::formats {
namespace {

class InfluxTables : public CsvReading {};

TEST_F(InfluxTables, EachNamedResultIsAnotherSeries) {
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

TEST_F(InfluxTables, HaveColumnsInAnyOrderAndAFieldARow) {
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

TEST_F(InfluxTables, MayBePivoted) {
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

TEST_F(InfluxTables, WithoutAnnotationsAreKnownByTheirNames) {
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

TEST_F(InfluxTables, RowsOfATableWithoutATimeCannotBeRead) {
  EXPECT_TRUE(read("#datatype,string,string\n#group,true,true\n#default,,\n,name,host\n,cpu,a\n").empty());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_NE(diagnostics[0].find("5: expected a column 'time'"), std::string::npos) << diagnostics[0];
}

TEST_F(InfluxTables, OfAQueryThatFailedItsWordsAreSaid) {
  EXPECT_TRUE(
      read("#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n,out of memory,897\n")
          .empty());
  EXPECT_EQ(diagnostics, std::vector<std::string>{"5: the query failed: 'out of memory'"});
}

/// Found by fuzzing: the comment was looked at for a time, in a column behind the last.
TEST_F(InfluxTables, ACommentInATableWithoutATimeIsNone) {
  EXPECT_TRUE(read("#group,false\n,host\n#a,b\n").empty());
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(InfluxTables, TimesThatAreNumbersAreNanoseconds) {
  EXPECT_EQ(read("#datatype,string,dateTime:number,double\n#group,false,false,false\n#default,,,\n"
                 ",result,_time,x\n,,1704067201000000000,1\n")
                .at(0)
                .time,
            1'704'067'201);
}

TEST_F(InfluxTables, AfterTimesThatAreNanosecondsThoseOfTheNextTableAreOfThePrecision) {
  const auto rows = read(
      "#datatype,string,dateTime:number,double\n#group,false,false,false\n#default,,,\n"
      ",result,_time,x\n,,1704067201000000000,1\n"
      "\n"
      ",result,_time,x\n,,1704067202,2\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].time, 1'704'067'201);
  EXPECT_EQ(rows[1].time, 1'704'067'202);
}

}  // namespace
}  // namespace oddity::formats
