#include "replay/doubtful_times.hpp"

#include <gtest/gtest.h>

namespace oddity::replay {
namespace {

using formats::Precision;
using Sentences = std::vector<std::string>;

constexpr std::int64_t of_2024 = 1'709'280'000'000'000'000;  // 2024-03-01T08:00:00Z
constexpr std::int64_t minute = 60'000'000'000;

void add_file(DoubtfulTimes& times, const std::string& name, const std::vector<std::int64_t>& all,
              std::optional<Precision> unit = Precision::ns, bool all_numbers = true) {
  times.begin_file(name);
  std::uint64_t line = 0;
  for (const std::int64_t time : all) times.add(time, ++line);
  times.end_file(unit, all_numbers);
}

TEST(DoubtfulTimes, AreThoseOfAFileInAWrongUnit) {
  DoubtfulTimes times;
  add_file(times, "a.lp", {of_2024 / 1'000, (of_2024 + minute) / 1'000});
  ASSERT_EQ(times.sentences().size(), 1u);
  EXPECT_EQ(times.sentences()[0].find("a.lp: the first time is 1709280000000000 ns after 1970 began: is "),
            0u);
  add_file(times, "b.lp", {of_2024 / 1'000, (of_2024 + minute) / 1'000});
  add_file(times, "c.lp", {of_2024, of_2024 + minute});
  EXPECT_EQ(times.sentences().at(1), "the times of 2 of 3 files are as doubtful");
}

TEST(DoubtfulTimes, MayStandBesideOthersInOneFile) {
  DoubtfulTimes times;
  add_file(times, "a.lp",
           {of_2024, of_2024 + minute, (of_2024 + 2 * minute) / 1'000, (of_2024 + 3 * minute) / 1'000});
  EXPECT_EQ(
      times.sentences(),
      Sentences{"a.lp:3: its time is 1970-01-20T18:48:00.120Z; 2 of 4 times are so far from the others: is "
                "their unit another? us would make it 2024-03-01T08:02:00Z"});
}

TEST(DoubtfulTimes, AreNumbersOfAFileThatHasClocksAsWell) {
  DoubtfulTimes times;
  add_file(times, "a.csv", {of_2024, of_2024 / 1'000}, Precision::ns, false);
  EXPECT_EQ(times.sentences().size(), 1u);
  DoubtfulTimes clocks;
  add_file(clocks, "a.csv", {of_2024, of_2024 / 1'000}, std::nullopt, false);
  EXPECT_TRUE(clocks.sentences().empty()) << "what is written as a clock is meant";
}

TEST(DoubtfulTimes, AreNotThoseThatCountFromZeroNorOldOnes) {
  DoubtfulTimes times;
  std::vector<std::int64_t> from_zero, old;
  for (std::int64_t i = 0; i < 5'000; ++i) from_zero.push_back(i * 1'000'000'000);
  for (std::int64_t i = 0; i < 60; ++i) old.push_back(i * 31'536'000'000'000'000);
  add_file(times, "zero.lp", from_zero);
  add_file(times, "old.lp", old, Precision::s);
  add_file(times, "none.lp", {});
  EXPECT_TRUE(times.sentences().empty()) << times.sentences()[0];
}

}  // namespace
}  // namespace oddity::replay
