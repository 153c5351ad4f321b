#include "send/result_queue.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "fronts/live/temporary_folder.hpp"

namespace oddity::live {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds now{0};

std::string lines(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += "a x=" + std::to_string(1'000 + i) + "\n";
  return text;
}

/// All that is in it, in its order.
std::string rest_of(ResultQueue& queue) {
  std::string text;
  while (const auto parcel = queue.first(now)) {
    text += parcel->text;
    queue.done(*parcel);
  }
  return text;
}

TEST(ResultQueue, WhatIsPutInFirstComesFirst) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 1'000);
  EXPECT_FALSE(queue.first(now));
  queue.put("a x=1\n");
  queue.put("a x=2\n");
  const auto parcel = queue.first(now);
  ASSERT_TRUE(parcel);
  EXPECT_EQ(parcel->text, "a x=1\na x=2\n");
  queue.put("a x=3\n");
  EXPECT_EQ(queue.first(now)->text, parcel->text) << "nothing is added to what is being sent";
  queue.done(*parcel);
  EXPECT_EQ(queue.first(now)->text, "a x=3\n");
}

TEST(ResultQueue, OutlivesItsProcess) {
  const test::TemporaryFolder folder;
  {
    ResultQueue before(folder / "queue", 1'000);
    before.put("a x=1\n");
  }
  ResultQueue queue(folder / "queue", 1'000);
  EXPECT_EQ(queue.bytes(), 6u);
  queue.put("a x=2\n");
  const auto parcel = queue.first(now);
  EXPECT_EQ(parcel->text, "a x=1\n");
  queue.done(*parcel);
  EXPECT_EQ(queue.first(now)->text, "a x=2\n");
}

TEST(ResultQueue, WhatAnEarlierProcessLeftIsCountedWhenItGoes) {
  const test::TemporaryFolder folder;
  {
    ResultQueue before(folder / "queue", 1'000);
    before.put("a x=1\na x=2\na x=3\n");
  }
  ResultQueue queue(folder / "queue", 20);
  queue.put("a x=4\n");
  EXPECT_EQ(queue.dropped(), 3u);
  EXPECT_EQ(rest_of(queue), "a x=4\n");
}

/// A kill can come inside of a write: "a x=2 1451" is a point of 1970.
TEST(ResultQueue, OfALineThatAKillCutOffNothingIsSent) {
  const test::TemporaryFolder folder;
  {
    ResultQueue before(folder / "queue", 1'000);
    before.put("a x=1 1451606401\na x=2 1451606402\n");
  }
  const auto file = std::filesystem::directory_iterator(folder / "queue")->path();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 7);
  {
    ResultQueue queue(folder / "queue", 1'000);
    EXPECT_EQ(queue.bytes(), 17u);
    EXPECT_EQ(queue.first(now)->text, "a x=1 1451606401\n");
  }
  std::filesystem::resize_file(file, 5);
  ResultQueue queue(folder / "queue", 1'000);
  EXPECT_FALSE(queue.first(now)) << "nor anything where no line is whole";
  queue.put("a x=3 1451606403\n");
  EXPECT_EQ(queue.first(now)->text, "a x=3 1451606403\n");
}

TEST(ResultQueue, WhereItIsFullTheOldestGoAndAreCounted) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 20);
  queue.put("a x=1\na x=2\n");
  queue.first(now);
  queue.put("a x=3\na x=4\n");
  EXPECT_EQ(queue.dropped(), 1u);
  EXPECT_EQ(queue.bytes(), 18u);
  EXPECT_EQ(rest_of(queue), "a x=2\na x=3\na x=4\n");
}

TEST(ResultQueue, OfMoreThanThereIsRoomForTheLatestStay) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 900);
  queue.put(lines(0, 1'000));
  EXPECT_LE(queue.bytes(), 900u);
  EXPECT_GT(queue.bytes(), 700u) << "little more goes than has to";
  const auto left = static_cast<int>(queue.bytes() / 9);
  EXPECT_EQ(queue.dropped(), static_cast<std::uint64_t>(1'000 - left));
  EXPECT_EQ(rest_of(queue), lines(1'000 - left, 1'000));
}

TEST(ResultQueue, ALittleMoreThanThereIsRoomForCostsLittle) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 900);
  for (int i = 0; i < 101; ++i) queue.put(lines(i, i + 1));
  EXPECT_LE(queue.dropped(), 12u);
  EXPECT_EQ(rest_of(queue), lines(static_cast<int>(queue.dropped()), 101));
}

TEST(ResultQueue, ALineThatHasNoRoomAtAllIsCounted) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 20);
  queue.put("a x=1\n" + std::string(30, 'b') + " x=1\na x=2\n");
  EXPECT_EQ(queue.dropped(), 1u);
  EXPECT_EQ(rest_of(queue), "a x=1\na x=2\n");
}

TEST(ResultQueue, WhatWentMeanwhileIsCountedOnce) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 20);
  queue.put("a x=1\na x=2\n");
  const auto parcel = queue.first(now);
  queue.put(lines(0, 2));
  const std::uint64_t dropped = queue.dropped();
  queue.drop(*parcel);
  EXPECT_EQ(queue.dropped(), dropped);
}

TEST(ResultQueue, WhatNobodyWantsIsCounted) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 1'000);
  queue.put("a x=1\na x=2\n");
  queue.drop(*queue.first(now));
  EXPECT_EQ(queue.dropped(), 2u);
  EXPECT_FALSE(queue.first(now));
}

TEST(ResultQueue, AParcelThatWentMeanwhileIsNoHarm) {
  const test::TemporaryFolder folder;
  ResultQueue queue(folder / "queue", 20);
  queue.put("a x=1\na x=2\n");
  const auto parcel = queue.first(now);
  queue.put("a x=3\na x=4\n");
  queue.done(*parcel);
  EXPECT_EQ(queue.bytes(), 18u);
}

}  // namespace
}  // namespace oddity::live
