// `oddity replay --report`: the numbers on the page are those of the results.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "files.hpp"

namespace oddity::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class Report : public Files {
 protected:
  /// Two fields, the first of which is far off for six rows.
  std::string two_fields() const {
    std::string lp;
    for (int i = 0; i < 200; ++i) {
      const double x = i * 7919 % 101 / 50.0 + (i >= 150 && i < 156 ? 100 : 0);
      lp += fmt::format("m x={},y={} {}\n", x, i * 6101 % 97 / 48.0, i);
    }
    return write("two.lp", lp);
  }
  /// What the page is made of.
  json page(const std::string& file) const {
    const std::string html = text_of(path(file));
    const std::size_t begin = html.find('>', html.find("application/json")) + 1;
    return json::parse(html.substr(begin, html.find("</script>", begin) - begin));
  }
};

constexpr const char* row_by_row =
    " --precision s --each --field x --field y --algorithm zscore --size 100 --alpha 0.001 --minEffect 1";

std::size_t rows_with(const std::vector<json>& rows, const std::string& field) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [&](const json& row) { return row.at("fields").value(field, false); }));
}

TEST_F(Report, CountsAlarmsAndNotWhatIsAnomalous) {
  const Finished done = run("replay " + two_fields() + row_by_row + " --report " + path("r.html"));
  const auto rows = lines(done.out);
  const std::size_t anomalous = rows_with(rows, "anomalous");
  const std::size_t alarms = rows_with(rows, "alarm");
  ASSERT_GT(anomalous, alarms);
  ASSERT_EQ(alarms, 1u);
  EXPECT_THAT(done.errors, HasSubstr(fmt::format("{} anomalous, 1 alarm;", anomalous)));
  const json told = page("r.html");
  EXPECT_EQ(told["totals"], (json{{"points", 200}, {"series", 2}, {"alarms", 1}, {"dropped", 0}}));
}

TEST_F(Report, AnAlarmIsOfTheFieldThatIsAnomalous) {
  run("replay " + two_fields() + row_by_row + " --report " + path("r.html"));
  const json told = page("r.html");
  EXPECT_EQ(told["series"][0]["field"], "x");
  EXPECT_EQ(told["series"][0]["alarms"], 1);
  EXPECT_EQ(told["series"][1]["field"], "y");
  EXPECT_EQ(told["series"][1]["alarms"], 0);
}

/// To the nine digits that a page holds.
TEST_F(Report, SaysEachNumberUnderItsName) {
  const auto rows = lines(run("replay " + two_fields() + row_by_row + " --report " + path("r.html")).out);
  const json told = page("r.html");
  ASSERT_EQ(rows.size(), 198u) << "the first two have nothing to be compared with";
  for (const char* number : {"pvalue", "calibrated", "magnitude", "effect", "observed", "z"}) {
    const json& shown = told["series"][0]["columns"]["said"][number];
    for (std::size_t i = 10; i < rows.size(); ++i) {
      const double printed = rows[i]["fields"][std::string("x.") + number].get<double>();
      EXPECT_NEAR(shown.at(i + 2).get<double>(), printed, 1e-8 * std::abs(printed))
          << number << " of row " << i;
    }
  }
}

TEST_F(Report, CountsThinnedSeriesBesideAll) {
  std::string lp;
  for (int i = 0; i < 5000; ++i) lp += fmt::format("m,h=a x={} {}\n", i % 7, i);
  for (const char* host : {"b", "c"})
    for (int i = 0; i < 20; ++i) lp += fmt::format("m,h={} x={} {}\n", host, i % 7, i);
  run("replay " + write("long.lp", lp) +
      " --precision s --each --field x --size 100 --alpha 0.001 --group-by h --output /dev/null --report " +
      path("r.html"));
  EXPECT_THAT(page("r.html")["notes"].dump(), HasSubstr("1 of 3 series are thinned"));
}

}  // namespace
}  // namespace oddity::test
