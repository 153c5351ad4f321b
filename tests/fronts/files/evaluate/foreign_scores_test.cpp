#include "evaluate/foreign_scores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "made_folder.hpp"
#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using testing::HasSubstr;

class ForeignScores : public testing::Test {
 protected:
  LabelledSeries named(const std::string& name) const {
    LabelledSeries series = test::series_of(2, {});
    series.name = name;
    return series;
  }
  std::string error(const LabelledSeries& series) const {
    try {
      read_scores(folder.path("mine"), series);
    } catch (const Error& wrong) {
      return wrong.what();
    }
    return "";
  }
  static constexpr const char* scores =
      "timestamp,value,anomaly_score,label\n2024-03-01 00:00:00,5,0.25,0\n2024-03-01 00:00:00,5,0.75,1\n";
  test::MadeFolder folder;
};

TEST_F(ForeignScores, LieAsInNabsResults) {
  folder.write("mine/real/mine_a.csv", scores);
  const auto windows = read_scores(folder.path("mine"), named("real/a.csv")).windows;
  ASSERT_EQ(windows.size(), 2u);
  EXPECT_EQ(windows[1].first, 1u);
  EXPECT_EQ(windows[1].last, 1u);
  EXPECT_EQ(windows[1].score, 0.75);
  EXPECT_EQ(read_scores(folder.path("mine") + "/", named("real/a.csv")).windows.size(), 2u)
      << "whatever is behind the folder";
}

TEST_F(ForeignScores, MayDoWithoutTheDetectorsName) {
  folder.write("mine/real/a.csv", scores);
  EXPECT_EQ(read_scores(folder.path("mine"), named("real/a.csv")).windows.size(), 2u);
}

TEST_F(ForeignScores, OfAPlainSeriesLieBySeries) {
  folder.write("mine/016.csv", scores);
  EXPECT_EQ(read_scores(folder.path("mine"), named("016")).windows.size(), 2u);
}

TEST_F(ForeignScores, ThatAreNotThereAreNamed) {
  EXPECT_THAT(error(named("real/a.csv")),
              HasSubstr("expected scores of real/a.csv, got no file " + folder.path("mine/real/mine_a.csv")));
}

TEST_F(ForeignScores, AreOneARow) {
  folder.write("mine/a.csv", std::string(scores) + "2024-03-01 00:00:00,5,0.75,1\n");
  EXPECT_THAT(error(named("a")), HasSubstr("expected 2 rows, as many as its series has, got 3"));
}

TEST_F(ForeignScores, ThatAreMissingAreCountedAndTheFirstIsNamed) {
  folder.write("mine/a.csv", "timestamp,anomaly_score\n2024-03-01 00:00:00,high\n2024-03-01 00:00:00,\n");
  const Judged words = read_scores(folder.path("mine"), named("a"));
  EXPECT_EQ(words.windows.size(), 2u);
  EXPECT_EQ(words.unscored.count, 2u);
  EXPECT_THAT(words.unscored.first, HasSubstr("a.csv, row 0; the first that could not be read: " +
                                              folder.path("mine/a.csv:2: 'high' is not a number")));

  folder.write("mine/b.csv", "timestamp,anomaly_score\n2024-03-01 00:00:00,0.5\nnonsense,0.5\n");
  EXPECT_THAT(read_scores(folder.path("mine"), named("b")).unscored.first, HasSubstr("b.csv:3: "));
  folder.write("mine/c.csv", "timestamp,anomaly_score\n2024-03-01 00:00:00,0.5\n2024-03-01 00:00:00,\n");
  EXPECT_THAT(read_scores(folder.path("mine"), named("c")).unscored.first, testing::EndsWith("c.csv, row 1"));
}

TEST_F(ForeignScores, HaveAColumn) {
  folder.write("mine/a.csv", "timestamp,value\n1,2\n2,3\n");
  EXPECT_THAT(error(named("a")), HasSubstr("anomaly_score"));
}

}  // namespace
}  // namespace oddity::evaluate
