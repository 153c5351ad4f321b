#include "detect/recent_ranks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "state/sink.hpp"

namespace oddity::detect {
namespace {

double exactly_above(const std::vector<double>& values, double value) {
  double above = 0;
  for (const double one : values) above += one > value ? 1 : one == value ? 0.5 : 0;
  return above;
}

template <class Ranks>
std::string saved(const Ranks& ranks) {
  std::string bytes;
  const oddity_sink sink = state::appending_to(bytes);
  StateWriter out(sink);
  ranks.save(out);
  return bytes;
}

template <class Ranks>
void restore(Ranks& ranks, const std::string& bytes) {
  StateReader in(std::as_bytes(std::span(bytes)));
  ranks.restore(in);
  in.expect_end();
}

RC_GTEST_PROP(UpperRanksTest, AreExactWhileValuesAreFew, (std::vector<std::int16_t> numbers)) {
  if (numbers.size() > 150) numbers.resize(150);
  UpperRanks ranks;
  std::vector<double> values(numbers.begin(), numbers.end());
  for (const double value : values) ranks.add(value);
  for (const double value : values) RC_ASSERT(ranks.weight_above(value) == exactly_above(values, value));
  RC_ASSERT(ranks.total() == static_cast<double>(values.size()));
}

TEST(UpperRanksTest, OfManyAreWithinATenthHoweverFarUp) {
  UpperRanks ranks;
  std::vector<double> values;
  double value = 0.5;
  for (int i = 0; i < 20'000; ++i) {
    value = std::fmod(value * 16807 + 0.1234567, 1.0);
    values.push_back(-std::log(1 - value));
    ranks.add(values.back());
  }
  EXPECT_LT(ranks.clusters().size(), 192u);
  for (const double share : {0.5, 0.1, 0.01, 0.001, 0.0005}) {
    const double at = -std::log(share);
    EXPECT_NEAR(ranks.weight_above(at) / exactly_above(values, at), 1, 0.1) << share;
  }
  EXPECT_EQ(ranks.weight_above(1e9), 0);
  EXPECT_EQ(ranks.total(), 20'000);
}

TEST(RecentRanksTest, TheTailIsTheLargestValuesAndTheNextOneBelow) {
  RecentRanks ranks(1000);
  for (const double value : {1, 9, 2, 8, 3, 7}) ranks.add(value);
  const RecentRanks::Tail tail = ranks.tail(2);
  EXPECT_EQ(tail.weight, 2);
  EXPECT_EQ(tail.begin, 7);
  EXPECT_DOUBLE_EQ(tail.mean_excess, (9 - 7 + 8 - 7) / 2.0);
}

TEST(RecentRanksTest, EqualValuesAreNotTornApartByTheTail) {
  RecentRanks ranks(1000);
  for (const double value : {5, 5, 5, 1, 1}) ranks.add(value);
  EXPECT_EQ(ranks.tail(1).weight, 3);
  EXPECT_EQ(ranks.tail(1).begin, 1);
  EXPECT_EQ(ranks.tail(4).weight, 3) << "what lies above the least value, where more is asked for";
}

TEST(RecentRanksTest, OfEqualValuesThereIsNoTail) {
  RecentRanks ranks(1000);
  EXPECT_EQ(ranks.tail(1).weight, 0) << "of none";
  for (int i = 0; i < 600; ++i) ranks.add(0);
  EXPECT_EQ(ranks.tail(8).weight, 0);
  EXPECT_EQ(ranks.weight_above(0), 300);
}

TEST(RecentRanksTest, WhatASeriesDidWhileItWasNewIsForgotten) {
  RecentRanks ranks(4096);
  for (int i = 0; i < 256; ++i) ranks.add(1e6);
  for (int i = 0; i < 511; ++i) ranks.add(i);
  EXPECT_EQ(ranks.weight_above(1e5), 256) << "the generation before";
  ranks.add(0);
  EXPECT_EQ(ranks.weight_above(1e5), 0);
}

TEST(RecentRanksTest, InTheLongRunOneToTwoGenerationsCount) {
  RecentRanks ranks(1024);
  for (int i = 0; i < 50'000; ++i) {
    ranks.add(i % 97);
    if (i > 5000) {
      ASSERT_GE(ranks.total(), 1024);
      ASSERT_LT(ranks.total(), 2048);
    }
  }
}

TEST(RecentRanksTest, TheQuantileLeavesItsShareAbove) {
  RecentRanks ranks(10'000);
  EXPECT_EQ(ranks.quantile(0.95), 0) << "of none";
  for (int i = 1; i <= 200; ++i) ranks.add(i);
  EXPECT_NEAR(ranks.quantile(0.95), 191, 1);
}

RC_GTEST_PROP(RecentRanksTest, RestoredTheySaveTheSameBytesAndGoOnAlike,
              (const std::vector<std::int16_t>& numbers)) {
  RecentRanks ranks(512), again(512);
  for (int i = 0; i < 700; ++i) ranks.add(i % 31);
  for (const double value : numbers) ranks.add(value);
  restore(again, saved(ranks));
  RC_ASSERT(saved(again) == saved(ranks));
  for (int i = 0; i < 300; ++i) {
    ranks.add(i * 7 % 13);
    again.add(i * 7 % 13);
  }
  RC_ASSERT(saved(again) == saved(ranks));
}

TEST(UpperRanksTest, AStateThatCannotBeOneIsRefused) {
  UpperRanks ranks, again;
  for (const double value : {3.0, 2.0, 1.0}) ranks.add(value);
  std::string bytes = saved(ranks);
  std::swap_ranges(bytes.begin() + 8, bytes.begin() + 24, bytes.begin() + 24);
  EXPECT_THROW(restore(again, bytes), StateError) << "not in order";
  bytes = saved(ranks);
  bytes[23] = static_cast<char>(0xBF);
  EXPECT_THROW(restore(again, bytes), StateError) << "a negative weight";
}

}  // namespace
}  // namespace oddity::detect
