#include "replay/read_ahead.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace oddity::replay {
namespace {

class Ahead : public testing::Test {
 protected:
  Ahead()
      : path_((std::filesystem::temp_directory_path() / ("oddity-ahead-" + std::to_string(::getpid())))
                  .string()) {}
  ~Ahead() override { std::filesystem::remove(path_); }
  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string path_;
};

std::string of_many_blocks() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + '\n';
  return text;
}

TEST_F(Ahead, TheBytesAreTheSame) {
  const std::string text = of_many_blocks();
  write(text);
  ByteSource source(path_);
  ReadAhead ahead(source, 4096);
  std::string all;
  std::vector<char> room(10'000);
  while (const std::size_t got = ahead.read(room)) all.append(room.data(), got);
  EXPECT_TRUE(all == text);
  EXPECT_EQ(ahead.read(room), 0u) << "the end stays the end";
}

TEST_F(Ahead, AnErrorComesBehindTheBytesBeforeIt) {
  write(std::string("\x1f\x8b no gzip", 10));
  ByteSource source(path_);
  ReadAhead ahead(source, 4096);
  std::vector<char> room(100);
  EXPECT_THROW(ahead.read(room), BrokenInput);
}

TEST_F(Ahead, EndsWithoutBeingReadToTheEnd) {
  write(of_many_blocks());
  ByteSource source(path_);
  ReadAhead ahead(source, 4096);
  std::vector<char> room(10);
  EXPECT_EQ(ahead.read(room), 10u);
}

}  // namespace
}  // namespace oddity::replay
