#include "evaluate/series_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "base/time.hpp"
#include "made_folder.hpp"

namespace oddity::evaluate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t second = 1'000'000'000;

std::int64_t at(const std::string& clock) { return parse_time("2024-03-01 " + clock).value(); }

class SeriesReader : public testing::Test {
 protected:
  ReadSeries read(const std::string& text, std::vector<Label> labels = {},
                  const SeriesReading& reading = {}) const {
    return read_series({"made", folder.write("made.csv", text), std::move(labels), {}}, reading);
  }
  static Label rows(std::size_t begin, std::size_t end) { return {"labels.csv:2", RowLabel{begin, end}}; }
  static Label times(const std::string& begin, const std::string& end) {
    return {"windows.json, 'made'", TimeLabel{at(begin), at(end)}};
  }
  /// The one event, as begin and end.
  static std::vector<std::size_t> event(const ReadSeries& read) {
    EXPECT_EQ(read.series.events.size(), 1u);
    return read.series.events.empty()
               ? std::vector<std::size_t>()
               : std::vector<std::size_t>{read.series.events[0].begin, read.series.events[0].end};
  }
  test::MadeFolder folder;
};

TEST_F(SeriesReader, HowItIsReadIsNoted) {
  const ReadSeries thousands = this->read("timestamp;value\n60;998\n120;1.012\n");
  EXPECT_EQ(thousands.notes.count, 1u);
  EXPECT_THAT(thousands.notes.first, HasSubstr("made.csv:3: '1.012' in 'value'"));
  const ReadSeries unnamed = this->read(",value\n60,1\n");
  EXPECT_THAT(unnamed.notes.first, HasSubstr("made.csv:1: the time is taken from the first column"));
}

TEST_F(SeriesReader, TimesThatCanHardlyBeMeantAreAskedAbout) {
  const std::string rows = "timestamp,value\n1709275260,1\nnever,1\n1709275320,2\n";
  EXPECT_THAT(this->read(rows, {}, {{"value"}, formats::Precision::ms}).doubtful,
              HasSubstr("is --precision ms right? s would make it 2024-03-01T06:41:00Z"));
  EXPECT_EQ(this->read(rows).doubtful, "");
  EXPECT_EQ(this->read("timestamp,value\n1970-02-01 10:00:00,1\n").doubtful, "") << "a date is what it says";
}

TEST_F(SeriesReader, RowsKeepTheirOrder) {
  const ReadSeries read = this->read("timestamp,value\n60,1.5\n120,2\n180,\n");
  EXPECT_THAT(read.series.times, ElementsAre(60 * second, 120 * second, 180 * second));
  EXPECT_EQ(read.series.columns[0][0], 1.5);
  EXPECT_TRUE(std::isnan(read.series.columns[0][2])) << "missing, and no remark";
  EXPECT_EQ(read.no_numbers.count, 0u);
  EXPECT_EQ(read.series.step, 60 * second);
}

TEST_F(SeriesReader, TimesMayBeClocksOrOfAnotherUnit) {
  EXPECT_EQ(read("timestamp,value\n2024-03-01 00:05:00,1\n").series.times[0], at("00:05:00"));
  EXPECT_EQ(read("timestamp,value\n5,1\n", {}, {{"value"}, formats::Precision::ms}).series.times[0],
            5'000'000);
}

TEST_F(SeriesReader, OtherFieldsMayBeRead) {
  const ReadSeries read = this->read("timestamp,a,b\n1,2,3\n", {}, {{"b", "a"}, formats::Precision::s});
  EXPECT_EQ(read.series.columns[0][0], 3);
  EXPECT_EQ(read.series.columns[1][0], 2);
}

TEST_F(SeriesReader, TimesThatRepeatStayAndThoseThatGoBackGetTheTimeBefore) {
  const ReadSeries read = this->read("timestamp,value\n60,1\n120,2\n120,3\n60,4\n90,5\n180,6\n");
  EXPECT_THAT(read.series.times,
              ElementsAre(60 * second, 120 * second, 120 * second, 120 * second, 120 * second, 180 * second));
  EXPECT_EQ(read.backwards.count, 2u);
  EXPECT_EQ(read.backwards.first, "made, row 3: 1970-01-01T00:01:00Z after 1970-01-01T00:02:00Z");
}

TEST_F(SeriesReader, ALineThatCannotBeReadStaysARowSoThatLabelsHold) {
  const ReadSeries read = this->read("timestamp,value\n60,1\nwhen,2\n180,3\n", {rows(2, 3)});
  ASSERT_EQ(read.series.rows(), 3u);
  EXPECT_TRUE(std::isnan(read.series.columns[0][1]));
  EXPECT_EQ(read.series.times[1], 60 * second);
  EXPECT_EQ(read.series.columns[0][event(read)[0]], 3);
  EXPECT_EQ(read.unreadable.count, 1u);
  EXPECT_THAT(read.unreadable.first, HasSubstr("made.csv:3"));
}

TEST_F(SeriesReader, SoDoesALineThatIsTooLong) {
  const std::string endless(std::size_t{17} << 20, '7');
  const ReadSeries read = this->read("timestamp,value\n60,1\n120," + endless + "\n180,3\n", {rows(2, 3)});
  ASSERT_EQ(read.series.rows(), 3u);
  EXPECT_TRUE(std::isnan(read.series.columns[0][1]));
  EXPECT_THAT(read.unreadable.first, HasSubstr("made.csv:3: expected a line of at most 16 MiB"));
}

TEST_F(SeriesReader, ATextInPlaceOfANumberIsMissingAndCounted) {
  const ReadSeries read = this->read("timestamp,value\n60,1\n120,high\n180,low\n");
  EXPECT_EQ(read.no_numbers.count, 2u);
  EXPECT_THAT(read.no_numbers.first, HasSubstr("made.csv:3: 'high' is not a number"));
}

TEST_F(SeriesReader, ALabelBeyondTheRowsIsLeftOutAndSaidSo) {
  const ReadSeries read = this->read(test::rows_of({1, 2, 3}), {rows(1, 3), rows(2, 4)});
  EXPECT_THAT(event(read), ElementsAre(1, 3));
  ASSERT_EQ(read.wrong_labels.size(), 1u);
  EXPECT_EQ(read.wrong_labels[0], "labels.csv:2: expected rows below 4 of made, got 2 to 4");
}

TEST_F(SeriesReader, AWindowOfTimeReachesFromTheRowOfOneTimeToThatOfTheOther) {
  const std::string clocks = test::rows_of(std::vector<double>(30, 1), true);
  EXPECT_THAT(event(read(clocks, {times("00:10:00", "00:12:00")})), ElementsAre(10, 13));
  EXPECT_THAT(event(read(clocks, {times("00:09:30", "00:12:30")})), ElementsAre(10, 13))
      << "to the rows inside";
  EXPECT_THAT(event(read(clocks, {times("00:28:00", "03:00:00")})), ElementsAre(28, 30));
}

TEST_F(SeriesReader, OfATimeThatRepeatsTheFirstRowCounts) {
  const std::string twice =
      "timestamp,value\n2024-03-01 00:01:00,1\n2024-03-01 00:02:00,2\n2024-03-01 00:02:00,3\n2024-03-01 "
      "00:03:00,4\n";
  EXPECT_THAT(event(read(twice, {times("00:02:00", "00:03:00")})), ElementsAre(1, 4));
  EXPECT_THAT(event(read(twice, {times("00:01:00", "00:02:00")})), ElementsAre(0, 2));
}

TEST_F(SeriesReader, AWindowWithoutRowsIsLeftOutAndSaidSo) {
  const std::string clocks = test::rows_of(std::vector<double>(5, 1), true);
  for (const Label& label : {times("00:10:00", "00:12:00"), times("00:01:10", "00:01:50")}) {
    const ReadSeries read = this->read(clocks, {label});
    EXPECT_TRUE(read.series.events.empty());
    ASSERT_EQ(read.wrong_labels.size(), 1u);
    EXPECT_THAT(read.wrong_labels[0],
                HasSubstr("windows.json, 'made': expected a window with rows of its series"));
  }
}

TEST_F(SeriesReader, EventsAreInOrderWhateverTheLabels) {
  const ReadSeries read = this->read(test::rows_of({1, 2, 3, 4}), {rows(2, 3), rows(0, 1)});
  ASSERT_EQ(read.series.events.size(), 2u);
  EXPECT_EQ(read.series.events[0].begin, 0u);
}

TEST_F(SeriesReader, AColumnThatIsNotThereIsAnError) {
  EXPECT_THROW(read("timestamp,other\n1,2\n"), Error);
  EXPECT_THROW(read_series({"gone", folder.path("gone.csv"), {}, {}}, {}), Error);
}

}  // namespace
}  // namespace oddity::evaluate
