#include "keeper/intake.hpp"

#include <gtest/gtest.h>

#include "fronts/live/temporary_folder.hpp"

namespace oddity::live {
namespace {

class IntakeTest : public testing::Test {
 protected:
  std::unique_ptr<Intake> begin(std::uint64_t answered = 0, std::size_t most = 100) {
    return std::make_unique<Intake>(folder.place(), answered, most, [this] { ++woken; });
  }
  /// Numbers of the batches that a worker would be sent.
  static std::vector<std::uint64_t> sent(Intake& intake) {
    std::string bytes;
    while (intake.append_next(bytes)) {
    }
    std::vector<std::uint64_t> numbers;
    FrameCutter cutter;
    std::copy(bytes.begin(), bytes.end(), cutter.room(bytes.size()));
    cutter.filled(bytes.size());
    Frame frame;
    while (cutter.next(frame)) numbers.push_back(frame.number);
    return numbers;
  }
  test::TemporaryFolder folder;
  int woken = 0;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(IntakeTest, EachBatchIsSentOnceAndAnsweredInOrder) {
  const auto intake = begin();
  EXPECT_EQ(intake->take({}, "a x=1\n"), Taking::taken);
  EXPECT_EQ(intake->take({}, "a x=2\n"), Taking::taken);
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(sent(*intake), (Numbers{1, 2}));
  EXPECT_EQ(sent(*intake), (Numbers{}));
  EXPECT_FALSE(intake->answered(2)) << "the first comes first";
  EXPECT_EQ(intake->answered(1)->batch.lines, "a x=1\n");
  EXPECT_EQ(intake->first(), 2u);
}

TEST_F(IntakeTest, WhatWasNotAnsweredIsSentAgain) {
  const auto intake = begin();
  for (int i = 0; i < 3; ++i) intake->take({}, "a x=1\n");
  sent(*intake);
  intake->answered(1);
  intake->resend();
  EXPECT_EQ(sent(*intake), (Numbers{2, 3}));
}

TEST_F(IntakeTest, ALaterProcessSendsWhatWasNotAnswered) {
  {
    const auto before = begin();
    for (int i = 0; i < 3; ++i) before->take({}, "a x=1\n");
  }
  const auto intake = begin(2);
  EXPECT_EQ(sent(*intake), (Numbers{3}));
  intake->take({}, "a x=2\n");
  EXPECT_EQ(intake->last(), 4u);
}

TEST_F(IntakeTest, WhereTheJournalIsGoneNumbersGoOnAfterTheLastAnswer) {
  const auto intake = begin(7);
  intake->take({}, "a x=2\n");
  EXPECT_EQ(intake->last(), 8u);
}

TEST_F(IntakeTest, TakesNoMoreThanMayWaitUnlessItHasTo) {
  const auto intake = begin(0, 10);
  EXPECT_EQ(intake->take({}, "a x=1234\n"), Taking::taken);
  EXPECT_TRUE(intake->room());
  EXPECT_EQ(intake->take({}, "a x=1\n"), Taking::full);
  EXPECT_EQ(intake->take({}, "a x=1\n", true), Taking::taken);
  EXPECT_FALSE(intake->room());
  sent(*intake);
  intake->answered(1);
  EXPECT_TRUE(intake->room());
  EXPECT_EQ(intake->waiting_bytes(), 6u);
}

TEST_F(IntakeTest, OneBatchMayBeLargerThanAllThatMayWait) {
  const auto intake = begin(0, 10);
  EXPECT_EQ(intake->take({}, "a x=1234567890\n"), Taking::taken) << "or it would never be taken";
}

TEST_F(IntakeTest, TakesNothingOnceItStops) {
  const auto intake = begin();
  intake->stop();
  EXPECT_EQ(intake->take({}, "a x=1\n"), Taking::stopping);
}

TEST_F(IntakeTest, CountsTheWorkersThatEndedOverABatch) {
  const auto intake = begin();
  EXPECT_EQ(intake->count_attempt(), 0) << "nothing was in hand";
  intake->take({}, "a x=1\n");
  EXPECT_EQ(intake->count_attempt(), 0);
  sent(*intake);
  EXPECT_EQ(intake->count_attempt(), 1);
  EXPECT_EQ(intake->count_attempt(), 2);
}

TEST_F(IntakeTest, TheLastSentIsWhatAStateWillHold) {
  const auto intake = begin();
  EXPECT_EQ(intake->last_sent(), 0u);
  for (int i = 0; i < 3; ++i) intake->take({}, "a x=1\n");
  EXPECT_EQ(intake->last_sent(), 0u);
  std::string frames;
  intake->append_next(frames);
  intake->append_next(frames);
  EXPECT_EQ(intake->last_sent(), 2u);
  intake->answered(1);
  EXPECT_EQ(intake->last_sent(), 2u);
}

TEST_F(IntakeTest, NumbersThatAreMissingConfuseNobody) {
  {
    Journal journal(folder.place());
    ASSERT_TRUE(journal.append(3, {}, "a x=1\n"));
    ASSERT_TRUE(journal.append(7, {}, "a x=2\n"));
  }
  const auto intake = begin();
  EXPECT_EQ(intake->last_sent(), 2u);
  EXPECT_EQ(sent(*intake), (Numbers{3, 7}));
  EXPECT_EQ(intake->last_sent(), 7u) << "a state that is asked for now holds both";
}

TEST_F(IntakeTest, DropsWhatAStateHolds) {
  {
    const auto before = begin();
    for (int i = 0; i < 3; ++i) before->take({}, "a x=1\n");
  }
  const auto intake = begin(0);
  intake->drop_until(2);
  EXPECT_EQ(sent(*intake), (Numbers{3}));
}

}  // namespace
}  // namespace oddity::live
