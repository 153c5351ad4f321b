#include "keeper/closing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace oddity::live {
namespace {

using testing::HasSubstr;

/// Lines that came, were read, and of whose points so many were judged.
StatusNumbers after(std::uint64_t lines, std::uint64_t judged) {
  StatusNumbers numbers;
  numbers.lines = lines;
  numbers.worker.points = lines;
  numbers.worker.windows = judged;
  return numbers;
}

/// All lines, warnings as the log has them.
std::string closing(const StatusNumbers& numbers) {
  std::string all;
  for (const ClosingLine& line : closing_lines(numbers))
    all += (line.warning ? "W! " : "I! ") + line.text + "\n";
  return all;
}

TEST(Closing, WhereAllWasJudgedThereIsOneLine) {
  EXPECT_THAT(closing_lines(after(100, 100)), testing::SizeIs(1));
  EXPECT_FALSE(nothing_was_judged(after(100, 100)));
  EXPECT_FALSE(nothing_was_judged({})) << "nothing came";
}

TEST(Closing, LinesNamedAsResultsAreCountedWhereverTheyCame) {
  StatusNumbers numbers = after(100, 100);
  numbers.worker.own_results = 20;
  numbers.before.own_results = 3;
  numbers.own_results = 7;
  EXPECT_THAT(closing(numbers), HasSubstr("I! 30 lines were passed over"));
  EXPECT_FALSE(nothing_was_judged(numbers));
  numbers.worker.points = numbers.worker.windows = 0;
  EXPECT_THAT(closing(numbers), HasSubstr("W! 30 lines were passed over"));
  EXPECT_TRUE(nothing_was_judged(numbers));
}

TEST(Closing, SeriesThatAreMerelyNewAreNoFailure) {
  StatusNumbers numbers = after(10, 0);
  numbers.worker.learned = 10;
  EXPECT_THAT(closing(numbers), HasSubstr("I! 10 points or windows were learned without being judged"));
  EXPECT_FALSE(nothing_was_judged(numbers));
  numbers.worker.learned = 0;
  numbers.worker.held = 10;
  EXPECT_FALSE(nothing_was_judged(numbers)) << "they wait";
}

TEST(Closing, SeriesThatAreForgottenBeforeTheyAreJudgedAreAFailure) {
  StatusNumbers numbers = after(100, 0);
  numbers.worker.learned = 100;
  numbers.worker.expired = 90;
  EXPECT_TRUE(nothing_was_judged(numbers));
  EXPECT_THAT(closing(numbers), HasSubstr("W! 100 points or windows were learned"));
  EXPECT_THAT(closing(numbers), HasSubstr("W! 90 times a series was forgotten by age (ttl)"));
  numbers.worker.evicted = std::exchange(numbers.worker.expired, 0);
  EXPECT_TRUE(nothing_was_judged(numbers));
  EXPECT_THAT(closing(numbers), HasSubstr("W! 90 times a series was forgotten by number (maxGroups)"));
}

TEST(Closing, ThatAnOldSeriesIsForgottenIsUsual) {
  StatusNumbers numbers = after(100, 90);
  numbers.worker.expired = 3;
  EXPECT_FALSE(nothing_was_judged(numbers));
  EXPECT_THAT(closing(numbers), HasSubstr("I! 3 times a series was forgotten by age"));
}

TEST(Closing, FailuresOfDetectorsAreCountedAndWhereThereIsNothingElseAreAFailure) {
  StatusNumbers numbers = after(100, 60);
  numbers.before.failures = 3;
  numbers.worker.failures = 4;
  numbers.worker.learned = 40;
  EXPECT_THAT(closing(numbers), HasSubstr("W! 7 failures of detectors"));
  EXPECT_THAT(closing(numbers),
              HasSubstr("I! 40 points or windows were not judged: too little was known of their "
                        "series, or a detector failed"));
  EXPECT_FALSE(nothing_was_judged(numbers));
  numbers.worker.windows = 0;
  EXPECT_TRUE(nothing_was_judged(numbers));
}

TEST(Closing, WhatNoDetectorJudgedHasItsReason) {
  StatusNumbers numbers = after(100, 90);
  numbers.unjudged = 4;
  numbers.refused = 5;
  numbers.damaged = 6;
  numbers.worker.skipped = 7;
  EXPECT_THAT(closing(numbers), HasSubstr("W! 4 lines were not judged, as no worker survived them"));
  EXPECT_THAT(closing(numbers), HasSubstr("W! 5 bodies over HTTP were refused"));
  EXPECT_THAT(closing(numbers),
              HasSubstr("W! 7 points were not judged, as a detector crashed over their series"));
  EXPECT_THAT(closing(numbers), HasSubstr("W! 6 batches of lines in the journal"));
}

}  // namespace
}  // namespace oddity::live
