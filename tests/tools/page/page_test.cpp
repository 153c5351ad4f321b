#include "page/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace oddity::page {
namespace {

using nlohmann::json;

/// What a browser would take for the page's data: all up to the first `</script`.
json data_of(const std::string& page) {
  const std::string begin = "id=\"oddity-data\">";
  const std::size_t from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script", from) - from));
}

ReportData one_series() {
  ReportSeries series{"m", {{"host", "a"}}, "x", {"t", "pvalue"}, false, 1, ThinnedPoints(100)};
  Point point;
  point.time = 1'500'000'000;
  point.value = 0.1;
  point.said = {nothing, 0.25};
  series.points.add(point);
  point.time = 2'500'000'000;
  point.value = 7;
  point.score = 1.5;
  point.lower = -1;
  point.upper = 1;
  point.expected = 0;
  point.anomalous = point.alarm = true;
  point.said = {nothing, 1e-9};
  point.why = "jump";
  series.points.add(point);
  return {"Title", "how", {"a note"}, 2, 1, 0, {series}};
}

TEST(Page, LiveHasNoData) { EXPECT_EQ(data_of(std::string(live())), json()); }

TEST(Page, AReportIsTheLivePageWithItsData) {
  const std::string page = report(one_series());
  const json data = data_of(page);
  EXPECT_EQ(data["title"], "Title");
  EXPECT_EQ(data["notes"], json({"a note"}));
  EXPECT_EQ(data["totals"], json({{"points", 2}, {"series", 1}, {"alarms", 1}, {"dropped", 0}}));
  const json& series = data["series"][0];
  EXPECT_EQ(series["tags"], json({{"host", "a"}}));
  EXPECT_EQ(series["state"], "anomalous");
  EXPECT_EQ(series["last_alarm"], 2500);
  EXPECT_EQ(series["shown"], 2);
  const json& columns = series["columns"];
  EXPECT_EQ(columns["t"], json({1500, 2500}));
  EXPECT_EQ(columns["v"], json({0.1, 7}));
  EXPECT_EQ(columns["upper"], json({nullptr, 1}));
  EXPECT_EQ(columns["flags"], json({0, 3}));
  EXPECT_EQ(columns["said"], json({{"pvalue", {0.25, 1e-9}}})) << "an output without a number is none";
  EXPECT_EQ(columns["why"], json({{"1", "jump"}})) << "by the place of the point";
  EXPECT_EQ(page.size() - live().size(), page.find("</script", page.find("oddity-data")) -
                                             live().find("</script", live().find("oddity-data")));
}

TEST(Page, NoTextOfASeriesEndsTheScriptOrIsNoUtf8) {
  ReportData data = one_series();
  const std::string evil = "</script><script>alert(1)</script><!--";
  data.title = data.notes[0] = data.series[0].measurement = data.series[0].outputs[1] = evil;
  data.series[0].tags = {{evil, "broken \xff utf-8"}};
  const json read = data_of(report(data));
  EXPECT_EQ(read["title"], evil);
  EXPECT_EQ(read["series"][0]["tags"][evil], "broken \xef\xbf\xbd utf-8");
  EXPECT_EQ(read["series"][0]["columns"]["said"][evil][0], 0.25);
}

TEST(Page, NumbersOfEverySizeAreJson) {
  ReportData data;
  data.series.push_back({"m", {}, "x", {}, true, 0, ThinnedPoints(100)});
  for (const double value : {-0.0, 1e300, -1e-300, std::numeric_limits<double>::infinity(), std::nan("")}) {
    Point point;
    point.time += -1;
    point.value = value;
    data.series[0].points.add(point);
  }
  const json columns = data_of(report(data))["series"][0]["columns"];
  EXPECT_EQ(columns["v"], json({0.0, 1e300, -1e-300, nullptr, nullptr}));
  EXPECT_EQ(columns["t"][0], -1) << "rounded down before 1970 as well";
}

TEST(Page, WithoutSeriesItIsAPageToo) { EXPECT_EQ(data_of(report({}))["series"], json::array()); }

}  // namespace
}  // namespace oddity::page
