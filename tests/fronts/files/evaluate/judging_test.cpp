#include "evaluate/judging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "made_folder.hpp"
#include "made_series.hpp"

namespace oddity::evaluate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Five series, of 1 to 5 rows.
class JudgingSets : public testing::Test {
 protected:
  JudgingSets() {
    for (std::size_t i = 1; i <= 5; ++i) {
      const std::string id(1, static_cast<char>('a' + i - 1));
      files.push_back({id, folder.write(id + ".csv", test::rows_of(std::vector<double>(i, 1))), {}, {}});
    }
  }
  std::vector<JudgedSet> judge(const Judging::Judge& how, std::size_t threads = 2) {
    Judging judging({{"one", Layout::plain, {files.begin(), files.begin() + 2}},
                     {"two", Layout::nab, {files.begin() + 2, files.end()}}},
                    {}, how);
    judging.run(threads, [&](std::size_t done, std::size_t all) {
      progress.push_back(std::to_string(done) + "/" + std::to_string(all));
    });
    Log log([&](std::string_view line) { lines.emplace_back(line); });
    left_out = judging.tell(told.few, log);
    return judging.take();
  }
  static Judged whole(const LabelledSeries& series, Log&) { return {{{0, series.rows() - 1, 1}}}; }

  test::MadeFolder folder;
  std::vector<SeriesFile> files;
  test::ToldLabels told;
  std::vector<std::string> progress;
  std::vector<std::string> lines;
  std::size_t left_out = 0;
};

TEST_F(JudgingSets, ResultsAreInOrderOnAnyNumberOfThreads) {
  for (const std::size_t threads : {1, 2, 9}) {
    const auto sets = judge(whole, threads);
    ASSERT_EQ(sets.size(), 2u);
    EXPECT_EQ(sets[0].series.size(), 2u);
    EXPECT_EQ(sets[1].layout, Layout::nab);
    ASSERT_EQ(sets[1].series.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(sets[1].series[i].windows.at(0).last, i + 2);
  }
  EXPECT_EQ(left_out, 0u);
  EXPECT_TRUE(lines.empty());
}

TEST_F(JudgingSets, ProgressIsOfAllSeries) {
  judge(whole);
  EXPECT_THAT(progress, ElementsAre("1/5", "2/5", "3/5", "4/5", "5/5"));
}

TEST_F(JudgingSets, ASeriesThatCannotBeReadIsLeftOutAndNamed) {
  files[1].file = folder.path("gone.csv");
  const auto sets = judge(whole);
  EXPECT_EQ(left_out, 1u);
  ASSERT_EQ(sets[0].series.size(), 1u);
  EXPECT_EQ(sets[0].series[0].series.name, "a");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0], HasSubstr("series 'b' is left out: input '" + folder.path("gone.csv") + "'"));
  EXPECT_EQ(lines[1], "1 of 5 series left out");
}

TEST_F(JudgingSets, ASeriesOfWhichNoLineCanBeReadIsLeftOutAndNamed) {
  folder.write("b.csv", "timestamp,value\nwhen,1\nthen,2\n");
  const auto sets = judge(whole);
  EXPECT_EQ(left_out, 1u);
  EXPECT_EQ(sets[0].series.size(), 1u);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines[0], HasSubstr("series 'b' is left out: none of its lines could be read; the first: " +
                                  folder.path("b.csv:2")));
}

TEST_F(JudgingSets, FailuresAndWhatWasForgottenOrNotScoredAreCountedOverAllSeries) {
  judge([](const LabelledSeries& series, Log& log) {
    Judged judged = whole(series, log);
    judged.failures = series.rows() / 4;
    judged.forgotten = series.rows() / 3;
    if (series.name == "d") judged.unscored = {2, "theirs/d.csv:3: 'high' is not a number"};
    return judged;
  });
  EXPECT_THAT(lines,
              ElementsAre(HasSubstr("2 failures of detectors, which then began anew; the first: series 'd'"),
                          HasSubstr("3 times a series was forgotten by age (ttl) and began anew; the first: "
                                    "series 'c'"),
                          HasSubstr("2 rows without a score, as if they were not odd; the first: "
                                    "theirs/d.csv:3: 'high' is not a number")));
}

TEST_F(JudgingSets, WindowsWithoutAScoreAreNotJudged) {
  Judging judging({{"one", Layout::plain, files}}, {}, [](const LabelledSeries& series, Log&) {
    return Judged{{{0, 0, std::nan("")}, {0, series.rows() - 1, 1}}};
  });
  judging.run(2, [](std::size_t, std::size_t) {});
  EXPECT_EQ(judging.windows(), 5u);
}

TEST_F(JudgingSets, ASeriesThatCannotBeJudgedIsLeftOutToo) {
  judge([](const LabelledSeries& series, Log& log) {
    if (series.rows() == 3) throw Error({"scores", "some", "none", ""});
    return whole(series, log);
  });
  EXPECT_EQ(left_out, 1u);
}

TEST_F(JudgingSets, WhatADetectorLogsIsToldOfItsSeries) {
  judge([](const LabelledSeries& series, Log& log) {
    if (series.rows() == 4) log.write("it failed");
    return whole(series, log);
  });
  EXPECT_THAT(lines, ElementsAre(HasSubstr("series 'd': it failed")));
}

TEST_F(JudgingSets, WhatIsWrongInRowsIsCountedOverAllSeries) {
  folder.write("b.csv", "timestamp,value\nwhen,1\n60,odd\n30,2\n");
  folder.write("c.csv", "timestamp,value\n0,1\nwhen,1\n");
  files[3].labels.push_back({"labels.csv:7", RowLabel{3, 9}});
  judge(whole);
  EXPECT_THAT(
      lines, ElementsAre(
                 HasSubstr("2 lines could not be read, each a row without a value; the first: " +
                           folder.path("b.csv:2")),
                 HasSubstr("1 value treated as missing, not being a number; the first: "),
                 HasSubstr("1 row whose time goes backwards, judged at the time before; the first: b, row 2"),
                 HasSubstr("1 label left out")));
  EXPECT_THAT(told.all, ElementsAre(HasSubstr("labels.csv:7: expected rows below 5 of d")));
}

}  // namespace
}  // namespace oddity::evaluate
