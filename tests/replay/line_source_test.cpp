#include "replay/line_source.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

namespace fs = std::filesystem;

class Lines : public testing::Test {
 protected:
  Lines() : path_((fs::temp_directory_path() / ("oddity-lines-" + std::to_string(::getpid()))).string()) {}
  ~Lines() override { fs::remove(path_); }
  std::vector<std::string> lines_of(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return read();
  }
  std::vector<std::string> read() {
    LineSource source(path_);
    std::vector<std::string> all;
    for (std::string_view line; source.next(line);) {
      all.emplace_back(line);
      EXPECT_EQ(source.line_number(), all.size());
    }
    return all;
  }
  std::string path_;
};

TEST_F(Lines, AreWhatStandsBetweenNewlines) {
  EXPECT_EQ(lines_of("a\n\nb\n"), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(lines_of("a\nlast without newline"), (std::vector<std::string>{"a", "last without newline"}));
  EXPECT_TRUE(lines_of("").empty());
}

TEST_F(Lines, MayBeLongerThanAnyBuffer) {
  const std::string longest(3'000'000, 'x');
  EXPECT_EQ(lines_of("a\n" + longest + "\nb\n"), (std::vector<std::string>{"a", longest, "b"}));
}

TEST_F(Lines, AreReadThroughGzip) {
  gzFile file = ::gzopen(path_.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  std::vector<std::string> expected;
  for (int i = 0; i < 100'000; ++i) {
    expected.push_back("line " + std::to_string(i));
    ::gzprintf(file, "%s\n", expected.back().c_str());
  }
  ::gzclose(file);
  EXPECT_EQ(read(), expected);
}

TEST_F(Lines, AGzipThatIsCutIsAnError) {
  gzFile file = ::gzopen(path_.c_str(), "wb");
  for (int i = 0; i < 100'000; ++i) ::gzprintf(file, "line %d\n", i * i);
  ::gzclose(file);
  fs::resize_file(path_, fs::file_size(path_) / 2);
  EXPECT_THROW(read(), Error);
}

TEST_F(Lines, AFolderOrNothingIsAnError) {
  EXPECT_THROW(LineSource("/tmp"), Error);
  EXPECT_THROW(LineSource("/no/such/file"), Error);
}

}  // namespace
}  // namespace oddity::replay
