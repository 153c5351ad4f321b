#include "journal/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "fronts/live/temporary_folder.hpp"

namespace oddity::live {
namespace {

using testing::HasSubstr;

TEST(Folder, OneProcessHasItAtATime) {
  const test::TemporaryFolder folder;
  const Folder first(folder / "state");
  try {
    const Folder second(folder / "state");
    FAIL() << "two have it";
  } catch (const Error& refused) {
    EXPECT_THAT(refused.what(), HasSubstr("which process " + std::to_string(::getpid()) + " has"));
  }
}

TEST(Folder, WhoComesLaterMayHaveIt) {
  const test::TemporaryFolder folder;
  { const Folder first(folder / "state"); }
  EXPECT_NO_THROW(Folder(folder / "state"));
}

TEST(Folder, IsForItsUserAlone) {
  const test::TemporaryFolder folder;
  const Folder state(folder / "deep" / "state");
  EXPECT_EQ(std::filesystem::status(state.place()).permissions(), std::filesystem::perms::owner_all);
}

TEST(Folder, ATemporaryOneGoesWithItsOwner) {
  std::filesystem::path place;
  {
    const Folder folder = Folder::temporary();
    place = folder.place();
    EXPECT_TRUE(std::filesystem::is_directory(place));
  }
  EXPECT_FALSE(std::filesystem::exists(place));
}

/// TMPDIR is ours for as long as this lives.
class OwnTemporaryFolder {
 public:
  OwnTemporaryFolder() {
    if (const char* const before = std::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", place_.place().c_str(), 1);
  }
  OwnTemporaryFolder(const OwnTemporaryFolder&) = delete;
  OwnTemporaryFolder& operator=(const OwnTemporaryFolder&) = delete;
  ~OwnTemporaryFolder() { before_ ? ::setenv("TMPDIR", before_->c_str(), 1) : ::unsetenv("TMPDIR"); }
  std::filesystem::path make(const std::string& name, const std::string& owner) const {
    const std::filesystem::path made = place_ / name;
    std::filesystem::create_directories(made / "queue");
    std::ofstream(made / "lock") << owner;
    return made;
  }

 private:
  std::optional<std::string> before_;
  test::TemporaryFolder place_;
};

TEST(Folder, ATemporaryOneWhoseOwnerWasKilledGoesWithTheNext) {
  const OwnTemporaryFolder temporary;
  const auto left = temporary.make("oddity-live-killed", "99");
  const auto just_made = temporary.make("oddity-live-newest", "");
  const auto others = temporary.make("oddity-other", "99");
  const Folder in_use = Folder::temporary();
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(just_made)) << "its owner is about to take it";
  EXPECT_TRUE(std::filesystem::exists(others));
  const Folder next = Folder::temporary();
  EXPECT_TRUE(std::filesystem::exists(in_use.place()));
}

TEST(Folder, WhereNoneCanBeTheErrorNamesIt) { EXPECT_THROW(Folder("/proc/nothing/here"), Error); }

TEST(Folder, TheNextStateTakesThePlaceOfTheOneBefore) {
  const test::TemporaryFolder temporary;
  const Folder folder(temporary / "state");
  EXPECT_FALSE(folder.adopt_state()) << "there is none";
  std::ofstream(folder.state()) << "old";
  std::ofstream(folder.next_state()) << "new";
  EXPECT_TRUE(folder.adopt_state());
  std::string text;
  std::ifstream(folder.state()) >> text;
  EXPECT_EQ(text, "new");
  EXPECT_FALSE(std::filesystem::exists(folder.next_state()));
}

TEST(Marks, OutliveTheirProcess) {
  const test::TemporaryFolder folder;
  {
    Marks marks(folder / "marks");
    EXPECT_EQ(marks.answered(), 0u);
    marks.set_answered(77);
  }
  EXPECT_EQ(Marks(folder / "marks").answered(), 77u);
}

}  // namespace
}  // namespace oddity::live
