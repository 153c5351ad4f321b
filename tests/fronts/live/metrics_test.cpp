#include "http/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace oddity::live {
namespace {

using testing::HasSubstr;

TEST(Metrics, CountWhatAllWorkersDid) {
  StatusNumbers numbers;
  numbers.before.points = 30;
  numbers.worker.points = 12;
  numbers.unreadable = 2;
  const std::string text = metrics_text(numbers, 1.5, 3);
  EXPECT_THAT(text, HasSubstr("\noddity_points_total 42\n"));
  EXPECT_THAT(text, HasSubstr("\noddity_dropped_total{reason=\"unreadable\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("\noddity_worst_score 1.5\n"));
  EXPECT_THAT(text, HasSubstr("\noddity_series_left_out 3\n"));
}

TEST(Metrics, WhatIsNotKnownIsNaN) {
  EXPECT_THAT(metrics_text({}, std::nan(""), 0), HasSubstr("\noddity_worst_score nan\n"));
}

TEST(Metrics, WhereThereAreSeriesTheWorstScoreIsANumber) {
  StatusNumbers numbers;
  numbers.worker.groups = 5;
  EXPECT_THAT(metrics_text(numbers, std::nan(""), 0), HasSubstr("\noddity_worst_score 0\n"))
      << "as after a restart, until something is judged";
}

TEST(Metrics, LatencyIsAHistogramWhoseClassesAddUp) {
  StatusNumbers numbers;
  for (const double seconds : {0.0001, 0.0005, 0.003, 100.0}) numbers.latency.add(seconds);
  const std::string text = metrics_text(numbers, 0, 0);
  EXPECT_THAT(text, HasSubstr("oddity_answer_seconds_bucket{le=\"0.0005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("oddity_answer_seconds_bucket{le=\"0.005\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("oddity_answer_seconds_bucket{le=\"30\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("oddity_answer_seconds_bucket{le=\"+Inf\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("oddity_answer_seconds_count 4\n"));
}

TEST(Metrics, EachNameHasItsHelpAndItsType) {
  const std::string text = metrics_text({}, 0, 0);
  const auto count = [&](const std::string& word) {
    std::size_t found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("# HELP "), count("# TYPE "));
  EXPECT_LT(text.size(), 10'000u);
}

}  // namespace
}  // namespace oddity::live
