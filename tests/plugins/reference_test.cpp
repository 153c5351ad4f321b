// All three detectors against SciPy, case by case and over the demo's day.
#include <gtest/gtest.h>

#include "instance.hpp"
#include "ks/ks.hpp"
#include "support/reference.hpp"
#include "ttest/ttest.hpp"
#include "zscore/zscore.hpp"

namespace oddity::plugins {
namespace {

std::vector<double> numbers(const test::Record& record, std::size_t& at) {
  std::vector<double> values(static_cast<std::size_t>(std::stoul(record[at++])));
  for (double& value : values) value = std::stod(record[at++]);
  return values;
}

template <class D>
void expect_agreement(const std::string& name, double tolerance) {
  int cases = 0;
  for (const auto& record : test::read_reference("cases.csv")) {
    if (record[0] != name) continue;
    std::size_t at = 3;
    const std::vector<double> history = numbers(record, at);
    const std::vector<double> window = numbers(record, at);
    test::Instance<D> instance(static_cast<std::int64_t>(history.size()));
    instance.learn(history);
    const oddity_evaluation found = instance.evaluate(window);
    EXPECT_LT(test::relative_error(found.p, std::stod(record[1])), tolerance)
        << "case " << cases << ": " << found.p << " for " << record[1];
    EXPECT_LT(test::relative_error(found.outputs[0], std::stod(record[2])), tolerance) << "case " << cases;
    ++cases;
  }
  EXPECT_EQ(cases, 15);
}

TEST(Reference, TTestAgreesWithSciPy) { expect_agreement<TTest>("ttest", 1e-9); }
TEST(Reference, ZScoreAgreesWithSciPy) { expect_agreement<ZScore>("zscore", 1e-9); }
TEST(Reference, KolmogorovSmirnovAgreesWithSciPy) { expect_agreement<KolmogorovSmirnov>("ks", 1e-9); }

}  // namespace
}  // namespace oddity::plugins
