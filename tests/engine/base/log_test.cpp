#include "base/log.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <string>

namespace oddity {
namespace {

/// A pipe whose writing end a Log gets.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC), 0); }
  ~Pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  int write_end() const { return ends_[1]; }
  std::string read() const {
    std::string text(1 << 20, '\0');
    const ssize_t got = ::read(ends_[0], text.data(), text.size());
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(Log, WritesOneWholeLine) {
  const Pipe pipe;
  Log log(pipe.write_end());
  log.line("{} windows", 3);
  EXPECT_EQ(pipe.read(), "oddity: 3 windows\n");
}

TEST(Log, KeepsALineOneLineWhateverTheTextHolds) {
  const Pipe pipe;
  Log log(pipe.write_end());
  log.write("a\nb\r\x01");
  EXPECT_EQ(pipe.read(), "oddity: a b  \n");
}

TEST(Log, CutsALineOfHundredKilobytes) {  // 64 KiB would end Kapacitor's reading of the log for good
  const Pipe pipe;
  Log log(pipe.write_end());
  log.write(std::string(100 * 1024, 'x'));
  const std::string line = pipe.read();
  EXPECT_LE(line.size(), static_cast<std::size_t>(PIPE_BUF));
  EXPECT_TRUE(line.ends_with(" [cut]\n"));
}

TEST(Log, DropsAndCountsWhatWouldBlock) {
  const Pipe pipe;
  Log log(pipe.write_end());
  for (int i = 0; i < 1000; ++i) log.write(std::string(1000, 'x'));
  EXPECT_GT(log.dropped(), 900u);
  pipe.read();
  log.write("again");
  EXPECT_EQ(pipe.read(), "oddity: again\n");
}

}  // namespace
}  // namespace oddity
