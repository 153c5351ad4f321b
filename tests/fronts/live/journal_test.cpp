#include "journal/journal.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <vector>

#include "fronts/live/temporary_folder.hpp"

namespace oddity::live {
namespace {

class JournalTest : public testing::Test {
 protected:
  std::vector<std::uint64_t> numbers(std::uint64_t after = 0) const {
    std::vector<std::uint64_t> found;
    JournalReader reader(folder.place(), after);
    Batch batch;
    while (reader.next(batch)) found.push_back(batch.number);
    return found;
  }
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder.place()))
      found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  static void append(Journal& journal, std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t number = first; number <= last; ++number)
      ASSERT_TRUE(journal.append(number, {}, "m x=" + std::to_string(number) + "\n"));
  }
  test::TemporaryFolder folder;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(JournalTest, WhatWasAppendedIsRead) {
  Journal journal(folder.place());
  ASSERT_TRUE(journal.append(1, {5, 1'000, Source::http, false}, "m x=1\n"));
  JournalReader reader(folder.place(), 0);
  Batch batch;
  ASSERT_TRUE(reader.next(batch));
  EXPECT_EQ(batch.number, 1u);
  EXPECT_EQ(batch.head.arrival, 5);
  EXPECT_EQ(batch.head.unit, 1'000);
  EXPECT_EQ(batch.head.source, Source::http);
  EXPECT_EQ(batch.lines, "m x=1\n");
  EXPECT_FALSE(reader.next(batch));
}

TEST_F(JournalTest, ALaterProcessGoesOnAfterTheLast) {
  {
    Journal before(folder.place());
    append(before, 1, 3);
  }
  Journal journal(folder.place());
  EXPECT_EQ(journal.last(), 3u);
  append(journal, 4, 5);
  EXPECT_EQ(numbers(), (Numbers{1, 2, 3, 4, 5}));
  EXPECT_EQ(numbers(3), (Numbers{4, 5}));
}

TEST_F(JournalTest, SegmentsThatAreCoveredByAStateGo) {
  Journal journal(folder.place());
  append(journal, 1, 2);
  journal.begin_segment();
  append(journal, 3, 4);
  journal.begin_segment();
  append(journal, 5, 5);
  journal.cut(3);
  EXPECT_EQ(numbers(), (Numbers{3, 4, 5})) << "of the second, one is not covered";
  journal.cut(4);
  EXPECT_EQ(numbers(), (Numbers{5}));
  journal.cut(5);
  EXPECT_EQ(numbers(), (Numbers{5})) << "the one that is written to stays";
  journal.begin_segment();
  journal.cut(5);
  EXPECT_TRUE(files().empty());
  EXPECT_EQ(journal.bytes(), 0u);
}

TEST_F(JournalTest, ARecordThatIsNotWholeEndsItsFileAndNoOther) {
  {
    Journal before(folder.place());
    append(before, 1, 3);
  }
  const auto file = files().at(0);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  Journal journal(folder.place());
  EXPECT_EQ(journal.last(), 2u);
  append(journal, 3, 4);
  EXPECT_EQ(numbers(), (Numbers{1, 2, 3, 4}));
}

TEST_F(JournalTest, AFlippedBitInTheLastIsNoRecord) {
  {
    Journal before(folder.place());
    append(before, 1, 3);
  }
  std::fstream file(files().at(0), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(-2, std::ios::end);
  file.put('!');
  file.close();
  EXPECT_EQ(numbers(), (Numbers{1, 2}));
}

TEST_F(JournalTest, ADamagedRecordIsPassedOverCountedAndItsFileKept) {
  {
    Journal before(folder.place());
    append(before, 1, 3);
  }
  std::fstream file(files().at(0), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(20);
  file.put('!');
  file.close();
  const auto size = std::filesystem::file_size(files().at(0));
  Journal journal(folder.place());
  EXPECT_EQ(journal.damaged(), 1u);
  EXPECT_EQ(numbers(), (Numbers{2, 3}));
  journal.cut(3);
  append(journal, 4, 4);
  EXPECT_EQ(std::filesystem::file_size(journal.first_damaged().string() + ".damaged"), size);
}

TEST_F(JournalTest, AFileThatWasRemovedIsWrittenToNoMore) {
  Journal journal(folder.place());
  append(journal, 1, 1);
  std::filesystem::remove(files().at(0));
  append(journal, 2, 2);
  EXPECT_EQ(numbers(), (Numbers{2}));
}

/// Gigabytes would end the process on a small machine, each time that it starts.
TEST_F(JournalTest, ARecordThatClaimsMoreThanItsFileHoldsTakesNoMemory) {
  {
    Journal journal(folder.place());
    append(journal, 1, 1);
  }
  constexpr std::uint32_t claimed = 1'000'000'000;
  std::ofstream(files()[0], std::ios::app) << bytes_of(claimed) << std::string(100, 'x');
  const auto most_kilobytes = [] {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
  };
  const long before = most_kilobytes();
  EXPECT_EQ(numbers(), (Numbers{1}));
  EXPECT_LT(most_kilobytes() - before, 100'000);
}

TEST_F(JournalTest, AFileThatOnlyHeldATornRecordIsWrittenAnew) {
  {
    Journal before(folder.place());
    append(before, 1, 1);
  }
  std::filesystem::resize_file(files().at(0), 3);
  Journal journal(folder.place());
  append(journal, 1, 2);
  EXPECT_EQ(numbers(), (Numbers{1, 2}));
  journal.begin_segment();
  append(journal, 3, 3);
  journal.cut(2);
  EXPECT_EQ(numbers(), (Numbers{3}));
}

TEST_F(JournalTest, WhatADiskDoesNotTakeLeavesNothingBehind) {
  std::signal(SIGXFSZ, SIG_IGN);
  Journal journal(folder.place());
  append(journal, 1, 1);
  rlimit usual{};
  ::getrlimit(RLIMIT_FSIZE, &usual);
  const rlimit little{200, usual.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &little);
  const bool taken = journal.append(2, {}, std::string(1'000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &usual);
  EXPECT_FALSE(taken);
  EXPECT_FALSE(journal.problem().empty());
  append(journal, 2, 3);
  EXPECT_EQ(numbers(), (Numbers{1, 2, 3}));
}

}  // namespace
}  // namespace oddity::live
