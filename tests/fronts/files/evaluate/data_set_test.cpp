#include "evaluate/data_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "made_folder.hpp"

namespace oddity::evaluate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class DataSets : public testing::Test {
 protected:
  DataSet find() { return find_data_set(folder.path(), told.few); }
  std::string error() {
    try {
      find();
    } catch (const Error& wrong) {
      return wrong.what();
    }
    return "";
  }
  static std::vector<std::string> names(const DataSet& set) {
    std::vector<std::string> all;
    for (const SeriesFile& series : set.series) all.push_back(series.name);
    return all;
  }
  static RowLabel rows(const Label& label) { return std::get<RowLabel>(label.at); }

  test::MadeFolder folder;
  test::ToldLabels told;
};

TEST_F(DataSets, ThePlainLayoutHasSeriesByIdAndLabelsByRow) {
  folder.write("series/b.csv", test::rows_of({1, 2}));
  folder.write("series/a.csv.gz", "");
  folder.write("labels.csv", "end,series,begin,remark\n12,b,10,odd\n30,b,20,\n");
  const DataSet set = find();
  EXPECT_EQ(set.layout, Layout::plain);
  EXPECT_THAT(names(set), ElementsAre("a", "b"));
  ASSERT_EQ(set.series[1].labels.size(), 2u);
  EXPECT_EQ(rows(set.series[1].labels[1]).begin, 20u);
  EXPECT_EQ(rows(set.series[1].labels[1]).end, 30u);
  EXPECT_TRUE(set.series[0].labels.empty()) << "without labels it is a series without events";
  EXPECT_FALSE(set.series[0].train);
  EXPECT_TRUE(told.all.empty());
}

TEST_F(DataSets, AnIndexMaySayHowLongTheTrainingPartIs) {
  folder.write("series/a.csv", "");
  folder.write("series/b.csv", "");
  folder.write("labels.csv", "series,begin,end\n");
  folder.write("index.csv", "series,rows,train\na,100,40\nb,100,\n");
  const DataSet set = find();
  EXPECT_EQ(set.series[0].train, 40u);
  EXPECT_FALSE(set.series[1].train);
  EXPECT_TRUE(told.all.empty());
}

TEST_F(DataSets, AnIndexWithoutTrainingPartsIsNotAsked) {
  folder.write("series/a.csv", "");
  folder.write("labels.csv", "series,begin,end\n");
  folder.write("index.csv", "series,rows\nunknown,100\n");
  EXPECT_FALSE(find().series[0].train);
  EXPECT_TRUE(told.all.empty());
}

TEST_F(DataSets, LabelsThatCannotBeRightAreCountedAndNamed) {
  folder.write("series/a.csv", "");
  folder.write("labels.csv", "series,begin,end\nother,1,2\na,5,5\na,x,7\na,1,2\na\n");
  folder.write("index.csv", "series,train\nother,4\na,-1\n");
  const DataSet set = find();
  EXPECT_EQ(set.series[0].labels.size(), 1u);
  EXPECT_EQ(told.few.count(), 6u);
  EXPECT_THAT(told.all[0],
              HasSubstr("labels.csv:2: expected a series of " + folder.path("series") + ", got 'other'"));
  EXPECT_THAT(told.all[1], HasSubstr("labels.csv:3: expected row numbers, begin < end, got 5,5"));
  EXPECT_THAT(told.all[4], HasSubstr("index.csv:2: expected a series and a number of rows, got other,4"));
}

TEST_F(DataSets, NabsLayoutHasWindowsOfTime) {
  folder.write("data/real/b.csv", "");
  folder.write("data/real/a.csv", "");
  folder.write(
      "windows.json",
      R"({"real/a.csv": [["2024-03-01 00:10:00.000000", "2024-03-01 00:12:00.000000"]], "real/b.csv": []})");
  const DataSet set = find();
  EXPECT_EQ(set.layout, Layout::nab);
  EXPECT_THAT(names(set), ElementsAre("real/a.csv", "real/b.csv"));
  ASSERT_EQ(set.series[0].labels.size(), 1u);
  const TimeLabel label = std::get<TimeLabel>(set.series[0].labels[0].at);
  EXPECT_EQ(label.end - label.begin, 120'000'000'000);
}

TEST_F(DataSets, NabsLabelsMayLieWhereItsRepositoryHasThem) {
  folder.write("data/real/a.csv", "");
  folder.write("labels/combined_windows.json",
               R"({"real/a.csv": [["2024-03-01 00:10:00", "2024-03-01 00:12:00"]]})");
  EXPECT_EQ(find().series[0].labels.size(), 1u);
}

TEST_F(DataSets, WindowsThatCannotBeRightAreCountedAndNamed) {
  folder.write("data/a.csv", "");
  folder.write(
      "windows.json",
      R"({"a.csv": [["2024-03-01", "yesterday"], 7, ["2024-03-02", "2024-03-01"]], "b.csv": [], "c": 3})");
  EXPECT_TRUE(find().series[0].labels.empty());
  EXPECT_EQ(told.few.count(), 5u);
  EXPECT_THAT(
      told.all[0],
      HasSubstr(
          R"(windows.json, 'a.csv': expected two times, [begin, end], got ["2024-03-01","yesterday"])"));
  EXPECT_THAT(told.all[3], HasSubstr("'b.csv': expected a series of data/, got none of that name"));
}

TEST_F(DataSets, AFolderOfNeitherLayoutSaysWhatIsExpected) {
  EXPECT_THAT(error(), AllOf(HasSubstr("series/ and labels.csv"), HasSubstr("data/ and windows.json"),
                             HasSubstr("got neither")));
  folder.write("series/a.csv", "");
  EXPECT_THAT(error(), HasSubstr("got neither")) << "labels.csv is lacking";
}

TEST(DataSetsElsewhere, AFolderThatIsNoneSaysSo) {
  test::ToldLabels told;
  const test::MadeFolder folder;
  try {
    find_data_set(folder.path("nowhere"), told.few);
    FAIL();
  } catch (const Error& wrong) {
    EXPECT_THAT(wrong.what(), HasSubstr("got no such folder"));
  }
}

TEST_F(DataSets, WhatCannotBeReadAsLabelsIsAnError) {
  folder.write("series/a.csv", "");
  folder.write("labels.csv", "series,from,end\n");
  EXPECT_THAT(error(), HasSubstr("labels.csv:1: expected a column 'begin', got series,from,end"));
  folder.write("labels.csv", "");
  EXPECT_THAT(error(), HasSubstr("expected a column 'series', got nothing"));
}

TEST_F(DataSets, WhatIsNoJsonIsAnError) {
  folder.write("data/a.csv", "");
  folder.write("windows.json", "{");
  EXPECT_THAT(
      error(),
      HasSubstr("windows.json: expected a JSON object of series and their windows, got what is no JSON"));
  folder.write("windows.json", "[]");
  EXPECT_THAT(error(), HasSubstr("got array"));
}

TEST_F(DataSets, WithoutSeriesThereIsNothingToEvaluate) {
  folder.write("series/readme.txt", "");
  folder.write("labels.csv", "series,begin,end\n");
  EXPECT_THAT(error(), HasSubstr("expected series in " + folder.path("series") +
                                 ", got no .csv, .csv.gz or .csv.zst"));
}

TEST_F(DataSets, ASeriesThatIsThereTwiceIsAnError) {
  folder.write("series/a.csv", "");
  folder.write("series/a.csv.gz", "");
  folder.write("labels.csv", "series,begin,end\n");
  EXPECT_THAT(error(), HasSubstr("expected each series once"));
}

TEST_F(DataSets, ASlashBehindTheFolderIsNotPartOfItsName) {
  folder.write("series/a.csv", "");
  folder.write("labels.csv", "series,begin,end\n");
  EXPECT_EQ(find_data_set(folder.path() + "/", told.few).name, folder.path());
}

}  // namespace
}  // namespace oddity::evaluate
