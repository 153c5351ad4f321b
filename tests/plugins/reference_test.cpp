// All detectors against SciPy, case by case.
#include <gtest/gtest.h>

#include "instance.hpp"
#include "own_classes.hpp"
#include "support/reference.hpp"

namespace oddity::plugins {
namespace {

std::vector<double> numbers(const test::Record& record, std::size_t& at) {
  std::vector<double> values(static_cast<std::size_t>(std::stoul(record[at++])));
  for (double& value : values) value = std::stod(record[at++]);
  return values;
}

template <class D>
void expect_agreement(int all) {
  const std::string name = D::description.name;
  constexpr double tolerance = 1e-9;
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
  EXPECT_EQ(cases, all);
}

TEST(Reference, TTestAgreesWithSciPy) { expect_agreement<TTest>(17); }
TEST(Reference, ZScoreAgreesWithSciPy) { expect_agreement<ZScore>(17); }
TEST(Reference, KolmogorovSmirnovAgreesWithSciPy) { expect_agreement<KolmogorovSmirnov>(17); }
TEST(Reference, MadAgreesWithSciPy) { expect_agreement<MedianAbsoluteDeviation>(17); }
TEST(Reference, MannWhitneyAgreesWithSciPy) { expect_agreement<MannWhitney>(17); }
TEST(Reference, VarianceAgreesWithSciPy) { expect_agreement<Variance>(14); }
TEST(Reference, EwmaAgreesWithItsDefinition) { expect_agreement<Ewma>(17); }
TEST(Reference, CusumAgreesWithItsDefinition) { expect_agreement<Cusum>(17); }

/// Values that vary little about a large offset, against exact rational arithmetic: t is only as good as the
/// digits of the means, of which a double at 1e15 has too few.
TEST(Reference, AboutALargeOffsetStatisticsAreExact) {
  int cases = 0;
  for (const auto& record : test::read_reference("offsets.csv")) {
    std::size_t at = 4;
    const std::vector<double> history = numbers(record, at);
    std::vector<double> window;
    while (at < record.size()) window.push_back(std::stod(record[at++]));
    test::Instance<TTest> ttest(static_cast<std::int64_t>(history.size()));
    test::Instance<ZScore> zscore(static_cast<std::int64_t>(history.size()));
    // What has left the history by then, so that blocks are cut and samples wrap around.
    const std::vector<double> before(77, history.front());
    ttest.learn(before);
    zscore.learn(before);
    for (std::size_t from = 0; from < history.size(); from += 50) {
      const auto begin = history.begin() + static_cast<std::ptrdiff_t>(from);
      const std::vector<double> part(
          begin, begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(50, history.size() - from)));
      ttest.learn(part);
      zscore.learn(part);
    }
    const oddity_evaluation found = ttest.evaluate(window);
    // The spread has about 14 digits by two passes; the means must not take more away.
    constexpr double tolerance = 1e-10;
    EXPECT_LT(test::relative_error(found.outputs[0], std::stod(record[1])), tolerance) << record[0];
    EXPECT_LT(test::relative_error(zscore.evaluate(window).outputs[0], std::stod(record[2])), tolerance);
    EXPECT_LT(test::relative_error(found.effect, std::stod(record[3])), tolerance) << record[0];
    ++cases;
  }
  EXPECT_EQ(cases, 11);
}

}  // namespace
}  // namespace oddity::plugins
