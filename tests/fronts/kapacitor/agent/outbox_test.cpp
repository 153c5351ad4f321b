// The way out is bounded: counted in bytes, not in time.
#include "agent/outbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include "agent/output.hpp"

namespace oddity::agent {
namespace {

const std::string frame(1'000, 'f');
constexpr std::size_t max = 10'000;

TEST(Outbox, APutWaitsWhileMoreThanTheMostIsPending) {
  Outbox outbox(max);
  std::atomic<int> put{0};
  std::thread worker([&] {
    for (int i = 0; i < 1'000; ++i) {
      outbox.put(frame);
      ++put;
    }
  });
  while (outbox.pending_bytes() <= max) std::this_thread::yield();
  // What has no bound is a megabyte by now. What has one can never hold more, however long this takes.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(outbox.pending_bytes(), max + frame.size());
  EXPECT_EQ(put, 11);

  std::string taken;
  std::size_t all = 0;
  while (all < 1'000 * frame.size()) {
    taken.clear();
    outbox.take(taken);
    EXPECT_LE(taken.size(), max + frame.size());
    all += taken.size();
  }
  worker.join();
  EXPECT_EQ(put, 1'000);
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, ALargerMostIsHeeded) {
  Outbox outbox(0);
  outbox.set_most_bytes(max);
  for (int i = 0; i < 11; ++i) outbox.put(frame);  // would wait for ever
  EXPECT_EQ(outbox.pending_bytes(), 11 * frame.size());
}

TEST(Outbox, WhenNobodyReadsAnyMoreNothingIsKept) {
  Outbox outbox(max);
  for (int i = 0; i < 11; ++i) outbox.put(frame);
  std::thread worker([&] { outbox.put(frame); });
  outbox.drop();
  worker.join();  // would wait for ever
  outbox.put_now(frame);
  EXPECT_EQ(outbox.pending_bytes(), 0u);
}

/// A pipe of which nobody reads the other end.
class OutputTest : public testing::Test {
 protected:
  OutputTest() { EXPECT_EQ(::pipe2(pipe_.data(), O_CLOEXEC | O_NONBLOCK), 0); }
  ~OutputTest() override {
    ::close(pipe_[0]);
    ::close(pipe_[1]);
  }
  std::array<int, 2> pipe_{};
};

TEST_F(OutputTest, TakesNothingMoreWhileSomethingIsUnwritten) {
  Outbox outbox(max);
  Output output(pipe_[1]);
  outbox.put_now(std::string(1'000'000, 'x'));
  output.take(outbox);
  ASSERT_TRUE(output.write()) << "full, but nobody has closed it";
  const std::size_t held = output.pending_bytes();
  ASSERT_GT(held, 0u) << "a pipe holds less than a megabyte";
  for (int i = 0; i < 5; ++i) {
    outbox.put(frame);
    output.take(outbox);
    EXPECT_TRUE(output.write());
  }
  EXPECT_EQ(output.pending_bytes(), held) << "what is taken has left the outbox, and with it the bound";
  EXPECT_EQ(outbox.pending_bytes(), 5 * frame.size());
}

}  // namespace
}  // namespace oddity::agent
