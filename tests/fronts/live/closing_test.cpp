#include "keeper/closing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oddity::live {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

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
  numbers.worker.points = 0;
  EXPECT_THAT(closing(numbers), HasSubstr("W! 30 lines were passed over"));
  EXPECT_TRUE(nothing_was_judged(numbers));
}

}  // namespace
}  // namespace oddity::live
