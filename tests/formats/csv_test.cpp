#include "csv/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "csv_reading.hpp"

namespace oddity::formats {
namespace {

class Csv : public CsvReading {};

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

TEST_F(Csv, WordsForNoValueAreMissingSilently) {
  for (const char* text :
       {"", " ", "nan", "NaN", "-nan", "NA", "N/A", "#N/A", "null", "NULL", "None", "nil", "-", "?"}) {
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

TEST_F(Csv, OfALineWithoutColumnsItIsAskedWhetherItStandsBeforeTheHeader) {
  EXPECT_NE(
      error_of("Logger: T-100\n\ntime,x\n1,2\n")
          .find("(its names, split at ',': Logger: T-100) (of lines before the header tail -n +2 leaves "
                "out one, and so on)"),
      std::string::npos);
}

/// As a spreadsheet on Windows writes them unless it is told otherwise.
TEST_F(Csv, NamesOfAnotherEncodingAreSaidToBeSo) {
  choice.fields = {
      "Temperatur \xc2\xb0"
      "C"};
  const std::string said = error_of(
      "time;Temperatur \xb0"
      "C\n1;2\n");
  EXPECT_TRUE(said.ends_with(
      "(its names are not UTF-8: is it of Windows? iconv -f WINDOWS-1252 -t UTF-8 converts it)"))
      << said;
  EXPECT_TRUE(error_of("time;Temperatur \xc2\xb0"
                       "C\n1;2\n")
                  .empty());
}

TEST_F(Csv, RecordsHaveAsManyColumnsAsTheHeader) {
  EXPECT_TRUE(read("time,x\n1\n1,2,3\n1,\"2\"3\n").empty());
  EXPECT_EQ(diagnostics, (std::vector<std::string>{
                             "2: expected 2 columns, got 1", "3: expected 2 columns, got 3",
                             "4: expected a separator or the end of the line after a closing quote"}));
}

}  // namespace
}  // namespace oddity::formats
