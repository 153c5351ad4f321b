#include "base/in_parallel.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace oddity {
namespace {

TEST(InParallel, DoesEachPartOnceOnAnyNumberOfThreads) {
  for (const std::size_t threads : {0, 1, 3, 50}) {
    std::vector<std::atomic<int>> done(20);
    in_parallel(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    for (const auto& times : done) EXPECT_EQ(times, 1) << threads << " threads";
  }
}

TEST(InParallel, WithNothingToDoReturns) {
  in_parallel(0, 4, [](std::size_t) { FAIL(); });
}

TEST(InParallel, ThrowsWhatAPartThrew) {
  for (const std::size_t threads : {1, 3}) {
    const auto work = [](std::size_t i) {
      if (i == 5) throw std::runtime_error("as told");
    };
    EXPECT_THROW(in_parallel(1000, threads, work), std::runtime_error);
  }
}

TEST(InParallel, AfterThatBeginsNoOther) {
  std::size_t last = 0;
  EXPECT_THROW(in_parallel(1000, 1,
                           [&](std::size_t i) {
                             last = i;
                             if (i == 5) throw std::runtime_error("as told");
                           }),
               std::runtime_error);
  EXPECT_EQ(last, 5u);
}

}  // namespace
}  // namespace oddity
