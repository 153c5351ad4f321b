#include "keeper/outlet.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "fronts/live/temporary_folder.hpp"

namespace oddity::live {
namespace {

class StandardOutputTest : public testing::Test {
 protected:
  StandardOutputTest() {
    std::signal(SIGPIPE, SIG_IGN);
    EXPECT_EQ(::pipe(ends.data()), 0);
    ::fcntl(ends[1], F_SETPIPE_SZ, 4'096);
  }
  ~StandardOutputTest() override {
    for (const int end : ends)
      if (end >= 0) ::close(end);
  }
  std::string read() const {
    std::array<char, 65'536> bytes;
    const ssize_t got = ::read(ends[0], bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  }
  test::TemporaryFolder folder;
  Marks marks{folder / "marks"};
  std::array<int, 2> ends{-1, -1};
};

TEST_F(StandardOutputTest, AnAnswerIsMarkedWhenItIsOut) {
  StandardOutput output(ends[1], marks);
  output.put(1, "m x=1\n");
  EXPECT_EQ(read(), "m x=1\n");
  EXPECT_EQ(marks.answered(), 1u);
  EXPECT_EQ(output.waiting(), 0u);
}

TEST_F(StandardOutputTest, AnEmptyAnswerIsAnAnswer) {
  StandardOutput output(ends[1], marks);
  output.put(3, "");
  EXPECT_EQ(marks.answered(), 3u);
}

TEST_F(StandardOutputTest, WhoDoesNotReadHoldsUpNobody) {
  StandardOutput output(ends[1], marks);
  const std::string much(20'000, 'x');
  output.put(1, "a\n");
  output.put(2, much);
  output.put(3, "b\n");
  EXPECT_EQ(marks.answered(), 1u) << "the second is not out";
  EXPECT_GT(output.waiting(), 0u);
  std::string got;
  while (output.waiting() != 0) {
    got += read();
    ASSERT_TRUE(output.write());
  }
  got += read();
  EXPECT_EQ(got, "a\n" + much + "b\n");
  EXPECT_EQ(marks.answered(), 3u);
}

TEST_F(StandardOutputTest, ItIsNoticedThatNobodyReadsAnyMore) {
  StandardOutput output(ends[1], marks);
  ::close(std::exchange(ends[0], -1));
  output.put(1, "a\n");
  EXPECT_FALSE(output.write());
  EXPECT_EQ(marks.answered(), 0u);
}

}  // namespace
}  // namespace oddity::live
