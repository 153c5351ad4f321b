#include "numerics/tails.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "support/reference.hpp"

namespace oddity::tails {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const double nan = std::numeric_limits<double>::quiet_NaN();

double call(const test::Record& record) {
  const oddity_host& tails = host();
  const double x = std::stod(record[1]);
  const double second = record.size() > 3 ? std::stod(record[2]) : 0;
  if (record[0] == "normal_sf") return tails.normal_sf(x);
  if (record[0] == "student_t_sf") return tails.student_t_sf(x, second);
  if (record[0] == "student_t_quantile") return tails.student_t_quantile(x, second);
  if (record[0] == "kolmogorov_sf") return tails.kolmogorov_sf(x);
  if (record[0] == "chi_squared_sf") return tails.chi_squared_sf(x, second);
  if (record[0] == "f_sf") return tails.f_sf(x, second, std::stod(record[3]));
  if (record[0] == "normal_quantile") return tails.normal_quantile(x);
  ADD_FAILURE() << "no such function: " << record[0];
  return nan;
}

TEST(Tails, AgreeWithSciPy) {
  for (const auto& record : test::read_reference("tails.csv")) {
    const double expected = std::stod(record.back());
    const double found = call(record);
    // Quantiles are found by iteration, on both sides; the median is 0, where SciPy's leaves 1e-17.
    const double tolerance = record[0].ends_with("quantile") ? 1e-8 : 1e-10;
    EXPECT_TRUE(test::relative_error(found, expected) < tolerance || std::abs(found - expected) < 1e-14)
        << testing::PrintToString(record) << " found " << found;
  }
}

TEST(Tails, KeepTheirDigitsFarOut) {
  EXPECT_GT(host().normal_sf(37.5), 0);
  EXPECT_GT(host().student_t_sf(1000, 30), 0);
  EXPECT_GT(host().kolmogorov_sf(18), 0);
}

TEST(Tails, AnswerNanForNan) {
  EXPECT_TRUE(std::isnan(host().normal_sf(nan)));
  EXPECT_TRUE(std::isnan(host().student_t_sf(nan, 3)));
  EXPECT_TRUE(std::isnan(host().student_t_sf(1, nan)));
  EXPECT_TRUE(std::isnan(host().chi_squared_sf(nan, 3)));
  EXPECT_TRUE(std::isnan(host().f_sf(1, nan, 3)));
  EXPECT_TRUE(std::isnan(host().kolmogorov_sf(nan)));
  EXPECT_TRUE(std::isnan(host().normal_quantile(nan)));
  EXPECT_TRUE(std::isnan(host().student_t_quantile(0.5, nan)));
}

TEST(Tails, AnswerNanForDegreesThatAreNone) {
  for (const double degrees : {0.0, -1.0, infinity}) EXPECT_TRUE(std::isnan(host().student_t_sf(1, degrees)));
}

TEST(Tails, EndAtInfinity) {
  EXPECT_EQ(host().student_t_sf(infinity, 5), 0);
  EXPECT_EQ(host().student_t_sf(-infinity, 5), 1);
  EXPECT_EQ(host().normal_sf(infinity), 0);
  EXPECT_EQ(host().kolmogorov_sf(infinity), 0);
}

RC_GTEST_PROP(Tails, AreProbabilitiesThatFall, (double a, double b, double degrees)) {
  RC_PRE(std::isfinite(a) && std::isfinite(b) && std::isfinite(degrees) && degrees != 0);
  const double low = std::min(a, b);
  const double high = std::max(a, b);
  for (const auto tail : {+[](double x, double) { return host().normal_sf(x); },
                          +[](double x, double n) { return host().student_t_sf(x, n); },
                          +[](double x, double) { return host().kolmogorov_sf(x); }}) {
    const double at_low = tail(low, std::abs(degrees));
    const double at_high = tail(high, std::abs(degrees));
    RC_ASSERT(at_low >= 0 && at_low <= 1 && at_high >= 0 && at_high <= 1);
    RC_ASSERT(at_high <= at_low + 1e-14);
  }
}

}  // namespace
}  // namespace oddity::tails
