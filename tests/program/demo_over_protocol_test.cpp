// The demo's day over the protocol, every window against SciPy.
#include <map>

#include "agent.hpp"
#include "demo/printer.hpp"
#include "support/reference.hpp"

namespace oddity::test {
namespace {

/// Runs one field of the day through an agent: the answer of each window by the second it ends.
std::map<std::int64_t, udf::Point> answers(const demo::Day& day, std::size_t field,
                                           const std::string& algorithm) {
  const std::string name = demo::field_names[field];
  Agent kapacitor(Init().field(name).size(3600).alpha(0.001).algorithm(algorithm).text("calibrate", "none"));
  for (std::size_t start = 0; start + 300 <= 86'400; start += 300) {
    const auto from = day.values[field].begin() + static_cast<std::ptrdiff_t>(start);
    kapacitor.send_window(batch_until(static_cast<std::int64_t>(start) + 300), name, {from, from + 300},
                          static_cast<std::int64_t>(start));
  }
  kapacitor.close_input();
  std::map<std::int64_t, udf::Point> found;
  for (const udf::Response& response : kapacitor.rest())
    found[response.point().time() / second] = response.point();
  return found;
}

/// demo.csv: field, end, then statistic and p of each detector; `column` is the statistic's.
void expect_agreement(const std::string& algorithm, const std::string& statistic, std::size_t column) {
  const demo::Day day = demo::make_day(1);
  int windows = 0;
  for (std::size_t field = 0; field < demo::field_names.size(); ++field) {
    const auto found = answers(day, field, algorithm);
    EXPECT_EQ(found.size(), 287u);
    for (const Record& record : read_reference("demo.csv")) {
      if (record[0] != demo::field_names[field]) continue;
      const auto at = found.find(std::stoll(record[1]));
      ASSERT_NE(at, found.end()) << record[0] << " " << record[1];
      EXPECT_LT(relative_error(field_of(at->second, statistic), std::stod(record[column])), 1e-9)
          << record[0] << " " << record[1];
      EXPECT_LT(relative_error(field_of(at->second, "pvalue"), std::stod(record[column + 1])), 1e-9)
          << record[0] << " " << record[1];
      ++windows;
    }
  }
  EXPECT_EQ(windows, 861);
}

TEST(DemoOverProtocol, TTestAgreesWithSciPyOnEveryWindow) { expect_agreement("ttest", "t", 2); }
TEST(DemoOverProtocol, ZScoreAgreesWithSciPyOnEveryWindow) { expect_agreement("zscore", "z", 4); }
TEST(DemoOverProtocol, KolmogorovSmirnovAgreesWithSciPyOnEveryWindow) { expect_agreement("ks", "d", 6); }
TEST(DemoOverProtocol, MadAgreesWithSciPyOnEveryWindow) { expect_agreement("mad", "robustZ", 8); }
TEST(DemoOverProtocol, MannWhitneyAgreesWithSciPyOnEveryWindow) {
  expect_agreement("mannwhitney", "share", 10);
}
TEST(DemoOverProtocol, VarianceAgreesWithSciPyOnEveryWindow) { expect_agreement("variance", "f", 12); }
TEST(DemoOverProtocol, EwmaAgreesWithItsDefinitionOnEveryWindow) { expect_agreement("ewma", "ewma", 14); }
TEST(DemoOverProtocol, CusumAgreesWithItsDefinitionOnEveryWindow) { expect_agreement("cusum", "sum", 16); }

}  // namespace
}  // namespace oddity::test
