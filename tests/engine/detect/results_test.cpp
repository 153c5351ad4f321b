#include "detect/results.hpp"

#include "detect/pipeline.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scripted.hpp"
#include "support/log_pipe.hpp"

namespace oddity::detect {
namespace {

/// The names of all fields, after two windows of the given value.
std::vector<std::string> names(const Plan& plan, double value) {
  test::LogPipe pipe;
  Pipeline engine(plan, pipe.log);
  const auto window =
      test::window_of({0, 1}, std::vector<std::vector<double>>(plan.fields.size(), {value, value}), 2);
  std::vector<ResultField> fields;
  name_fields(engine.judge(window), fields);
  std::vector<std::string> all;
  for (const ResultField& field : fields) all.emplace_back(field.name);
  return all;
}

using Names = std::vector<std::string>;

/// What `why` is of a window of these values; "absent" where it is not there.
std::string why(const std::vector<double>& values) {
  test::LogPipe pipe;
  Plan plan = test::plan_of({"x"}, {test::chosen<test::Reasoned>()});
  plan.alpha = 0.2;
  Pipeline engine(plan, pipe.log);
  std::vector<std::int64_t> times(values.size());
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = static_cast<std::int64_t>(i);
  std::vector<ResultField> fields;
  name_fields(engine.judge(test::window_of(times, {values}, 9)), fields);
  for (const ResultField& field : fields)
    if (field.name == "why") return std::string(std::get<std::string_view>(field.value));
  return "absent";
}

TEST(Results, WhyIsTheReasonOfAnAnomalousWindowAndEmptyOtherwise) {
  EXPECT_EQ(why({0.1, 0.1}), "first");
  EXPECT_EQ(why({0.2, 0}), "second");
  EXPECT_EQ(why({0.2, 0.8}), "") << "normal";
  EXPECT_EQ(why({0, 0.1}), "") << "none is named";
  EXPECT_EQ(why({0.3, 0}), "") << "one that is not declared";
}

TEST(Results, OneFieldAndOneAlgorithmHaveNoPrefix) {
  EXPECT_EQ(names(test::plan_of({"x"}, {test::chosen<test::Scripted>()}), 0.5),
            (Names{"learned", "sum", "passed", "pvalue", "score", "anomalous", "alarm"}));
}

TEST(Results, SeveralFieldsHaveAPrefixAndAnOverallVerdict) {
  EXPECT_EQ(
      names(test::plan_of({"x", "y"}, {test::chosen<test::Together>(), test::chosen<test::Scripted>()}), 0.5),
      (Names{"x.scripted.learned",
             "x.scripted.sum",
             "x.scripted.passed",
             "x.scripted.pvalue",
             "x.scripted.score",
             "x.scripted.anomalous",
             "x.scripted.alarm",
             "y.scripted.learned",
             "y.scripted.sum",
             "y.scripted.passed",
             "y.scripted.pvalue",
             "y.scripted.score",
             "y.scripted.anomalous",
             "y.scripted.alarm",
             "together.pvalue",
             "together.score",
             "together.anomalous",
             "together.alarm",
             "pvalue",
             "score",
             "anomalous",
             "alarm"}));
}

TEST(Results, WhatIsAbsentIsLeftOut) {
  EXPECT_EQ(names(test::plan_of({"x"}, {test::chosen<test::Scripted>()}), 11),
            (Names{"learned", "sum", "passed"}));
}

TEST(Results, NothingFoundIsNoField) {
  EXPECT_TRUE(names(test::plan_of({"x"}, {test::chosen<test::Scripted>()}), std::nan("")).empty());
}

}  // namespace
}  // namespace oddity::detect
