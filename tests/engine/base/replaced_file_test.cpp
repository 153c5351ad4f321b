#include "base/replaced_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace oddity {
namespace {

namespace fs = std::filesystem;

class AReplacedFile : public testing::Test {
 protected:
  AReplacedFile() {
    std::string name = (fs::temp_directory_path() / "oddity-replaced-XXXXXX").string();
    root = ::mkdtemp(name.data());
  }
  ~AReplacedFile() override { fs::remove_all(root); }
  static std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root), {}));
  }
  static mode_t mode_of(const fs::path& file) {
    struct stat status {};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  fs::path root;
  const ReplacedFile::Wording wording{"option '--output'", "a file that can be written", "name another"};
};

TEST_F(AReplacedFile, IsTheOldOneUntilItIsWhole) {
  std::ofstream(root / "a") << "old";
  ReplacedFile file(root / "a", wording);
  file.write("ne");
  file.write("w");
  EXPECT_EQ(read(root / "a"), "old");
  file.commit();
  EXPECT_EQ(read(root / "a"), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AReplacedFile, LeavesNothingWithoutACommit) {
  std::ofstream(root / "a") << "old";
  ReplacedFile(root / "a", wording).write("half");
  EXPECT_EQ(read(root / "a"), "old");
  ReplacedFile(root / "b", wording).write("half");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AReplacedFile, KeepsTheModeOfTheOldOneOrHasTheOneThatIsGiven) {
  std::ofstream(root / "a") << "old";
  fs::permissions(root / "a", fs::perms(0640));
  ReplacedFile(root / "a", wording).commit();
  EXPECT_EQ(mode_of(root / "a"), 0640u);
  const mode_t mask = ::umask(077);
  ReplacedFile(root / "a", wording, 0644).commit();
  ReplacedFile(root / "b", wording).commit();
  ::umask(mask);
  EXPECT_EQ(mode_of(root / "a"), 0644u);
  EXPECT_EQ(mode_of(root / "b"), 0600u) << "a new file gets what the mask leaves";
}

TEST_F(AReplacedFile, ALinkStaysOneAndWhatItNamesIsReplaced) {
  fs::create_directory(root / "data");
  std::ofstream(root / "data" / "a") << "old";
  fs::create_symlink("data/a", root / "link");
  fs::create_symlink("data/none", root / "dangling");
  ReplacedFile file(root / "link", wording);
  file.write("new");
  file.commit();
  ReplacedFile(root / "dangling", wording).commit();
  EXPECT_TRUE(fs::is_symlink(root / "link"));
  EXPECT_EQ(read(root / "data" / "a"), "new");
  EXPECT_TRUE(fs::is_regular_file(root / "data" / "none"));
}

TEST_F(AReplacedFile, WhatAKilledProcessLeftIsNoObstacle) {
  std::ofstream(root / ("a." + std::to_string(::getpid()))) << "left";
  ReplacedFile file(root / "a", wording);
  file.write("new");
  file.commit();
  EXPECT_EQ(read(root / "a"), "new");
}

TEST_F(AReplacedFile, LeavesNothingWhenItsProcessIsKilled) {
  const pid_t child = ::fork();
  if (child == 0) {
    ReplacedFile file(root / "a", wording);
    file.write("half");
    ::_exit(files() == 0 ? 0 : 1);  // no destructor runs
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  if (WEXITSTATUS(status) != 0) GTEST_SKIP() << "a file system without files that have no name";
  EXPECT_EQ(files(), 0u);
}

TEST_F(AReplacedFile, EachStepThatFailsIsNamed) {
  const auto sentence = [&](const fs::path& place) -> std::string {
    try {
      ReplacedFile(place, wording).commit();
    } catch (const Error& error) {
      return error.diagnostics().at(0).sentence();
    }
    return "";
  };
  EXPECT_EQ(sentence(root / "none" / "a"),
            "option '--output': expected a file that can be written, got cannot be opened: No such file or "
            "directory (name another)");
  EXPECT_NE(sentence(root).find("cannot be replaced: Is a directory"), std::string::npos);
  ReplacedFile file(root / "a", wording);
  fs::create_directory(root / "a");  // in the meantime
  EXPECT_THROW(file.commit(), Error);
}

}  // namespace
}  // namespace oddity
