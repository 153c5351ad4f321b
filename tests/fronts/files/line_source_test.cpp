#include "replay/line_source.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
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

TEST_F(Lines, CanBeJoined) {
  std::ofstream(path_) << "a\nb\nc\nlast";
  LineSource source(path_);
  std::string_view line;
  ASSERT_TRUE(source.next(line));
  EXPECT_TRUE(source.extend(line));
  EXPECT_TRUE(source.extend(line));
  EXPECT_EQ(line, "a\nb\nc");
  EXPECT_EQ(source.line_number(), 1u) << "a record is called by its first line";
  EXPECT_EQ(source.joined(), 2u);
  ASSERT_TRUE(source.next(line)) << "what was joined is read";
  EXPECT_EQ(line, "last");
  EXPECT_EQ(source.line_number(), 4u);
  EXPECT_EQ(source.joined(), 0u);
  EXPECT_FALSE(source.extend(line));
  EXPECT_EQ(line, "last");
}

TEST_F(Lines, AreNotJoinedWithoutEnd) {
  std::ofstream(path_) << std::string(200'000, '\n');
  LineSource source(path_);
  std::string_view line;
  ASSERT_TRUE(source.next(line));
  while (source.extend(line)) continue;
  EXPECT_LE(line.size(), LineSource::longest_joined);
  const std::size_t joined = source.joined();
  std::size_t rest = 0;
  while (source.next(line)) ++rest;
  EXPECT_EQ(rest, 199'999u - joined);
}

TEST_F(Lines, AByteOrderMarkIsNoneOfTheFirst) {
  EXPECT_EQ(lines_of("\xef\xbb\xbf"
                     "a\n\xef\xbb\xbf"
                     "b\n"),
            (std::vector<std::string>{"a",
                                      "\xef\xbb\xbf"
                                      "b"}));
}

TEST_F(Lines, OfUtf16AreAnErrorWithItsMend) {
  try {
    lines_of(std::string("\xff\xfet\0i\0", 6));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("expected UTF-8, got UTF-16 (convert it: iconv"),
              std::string::npos)
        << error.what();
  }
}

RC_GTEST_FIXTURE_PROP(Lines, AreTheSameHoweverTheyAreJoined, ()) {
  // Long enough that records lie across the ends of blocks.
  const auto count = *rc::gen::inRange<std::size_t>(1, 400);
  const auto length = *rc::gen::inRange<std::size_t>(0, 5000);
  std::vector<std::string> expected;
  {
    std::ofstream file(path_);
    for (std::size_t i = 0; i < count; ++i)
      file << expected.emplace_back(std::to_string(i) + std::string(i * 7919 % (length + 1), 'x')) << '\n';
  }
  LineSource source(path_);
  std::string_view line;
  std::size_t at = 0;
  while (source.next(line)) {
    RC_ASSERT(source.line_number() == at + 1);
    std::string whole = expected[at];
    std::size_t joined = 0;
    for (int more = *rc::gen::inRange(0, 4); more > 0 && source.extend(line); --more)
      whole += "\n" + expected[at + ++joined];
    RC_ASSERT(line == whole);
    at += joined + 1;
  }
  RC_ASSERT(at == expected.size());
}

TEST_F(Lines, WithoutAnyEndAreCut) {
  LineSource source("/dev/zero");
  std::string_view line;
  ASSERT_TRUE(source.next(line));
  EXPECT_TRUE(source.is_cut());
  EXPECT_LE(line.size(), std::size_t{1} << 25);
}

TEST_F(Lines, ThatAreTooLongAreOneEach) {
  const std::string longest(LineSource::longest_line, 'x');
  {
    std::ofstream file(path_);
    file << "a\n"
         << longest << "\n"
         << longest << "y\nb\n"
         << longest << longest << longest << "\nc\n"
         << longest << "z";
  }
  LineSource source(path_);
  std::vector<std::string> seen;
  for (std::string_view line; source.next(line);) {
    seen.push_back(source.is_cut() ? "cut" : line.size() < 2 ? std::string(line) : "long");
    EXPECT_EQ(source.line_number(), seen.size());
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "long", "cut", "b", "cut", "c", "cut"}));
}

TEST_F(Lines, ThatAreTooLongAreJoinedToNothingMore) {
  std::ofstream(path_) << "a\n" << std::string(2 * LineSource::longest_line, 'x') << "\nb\n";
  LineSource source(path_);
  std::string_view line;
  ASSERT_TRUE(source.next(line));
  EXPECT_TRUE(source.extend(line));
  EXPECT_TRUE(source.is_cut());
  EXPECT_FALSE(source.extend(line));
  ASSERT_TRUE(source.next(line));
  EXPECT_FALSE(source.is_cut());
  EXPECT_EQ(line, "b");
  EXPECT_EQ(source.line_number(), 3u);
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
  for (int i = 0; i < 100'000; ++i) ::gzprintf(file, "line %ld\n", long{i} * i);
  ::gzclose(file);
  fs::resize_file(path_, fs::file_size(path_) / 2);
  EXPECT_THROW(read(), BrokenInput);
}

TEST_F(Lines, AFolderOrNothingIsAnError) {
  EXPECT_THROW(LineSource("/tmp"), Error);
  EXPECT_THROW(LineSource("/no/such/file"), Error);
}

TEST_F(Lines, AllFilesThatAreMissingAreNamedAtOnce) {
  std::ofstream(path_) << "a\n";
  EXPECT_NO_THROW(require_readable({path_, "-", "/dev/null"}));
  try {
    require_readable({path_, "/no/such/file", "/tmp"});
    FAIL();
  } catch (const Error& error) {
    ASSERT_EQ(error.diagnostics().size(), 2u);
    EXPECT_EQ(error.diagnostics()[0].sentence(),
              "input '/no/such/file': expected a file that can be read, got No such file or directory");
    EXPECT_EQ(error.diagnostics()[1].sentence(),
              "input '/tmp': expected a file that can be read, got a folder");
  }
}

}  // namespace
}  // namespace oddity::replay
