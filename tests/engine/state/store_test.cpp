#include "state/store.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/error.hpp"

namespace oddity::state {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  StoreTest() : folder_(fs::temp_directory_path() / ("oddity-store-" + std::to_string(::getpid()))) {}
  ~StoreTest() override { fs::remove_all(folder_); }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_))
      found.push_back(entry.path().filename().string());
    return found;
  }
  void age(const fs::path& file, std::chrono::hours by) const {
    fs::last_write_time(file, fs::file_time_type::clock::now() - by);
  }
  fs::path folder_;
};

TEST_F(StoreTest, WhatWasWrittenIsRead) {
  const Store store(folder_ / "deep" / "down", std::chrono::hours(1));
  const RunId run = draw_run_id();
  EXPECT_FALSE(store.read(run)) << "nothing yet";
  store.write(run, "first");
  store.write(run, std::string("second\0and", 10));
  EXPECT_EQ(store.read(run), std::string("second\0and", 10));
  EXPECT_FALSE(store.read(draw_run_id())) << "another run's";
}

TEST_F(StoreTest, OnlyTheUserCanReadIt) {
  const Store store(folder_, std::chrono::hours(1));
  const RunId run = draw_run_id();
  store.write(run, "state");
  EXPECT_EQ(fs::status(folder_ / (to_text(run) + ".state")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(StoreTest, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(folder_) << "a file is in the way";
  const Store store(folder_ / "below", std::chrono::hours(1));
  try {
    store.write(draw_run_id(), "state");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "state '" + (folder_ / "below").string() +
                  "': expected a folder that can be written to, got cannot be made: Not a directory "
                  "(state.dir names another)");
  }
}

TEST_F(StoreTest, FilesGoByAgeAndOnlyOurs) {
  const Store store(folder_, std::chrono::hours(24));
  const RunId old_run = draw_run_id(), young_run = draw_run_id();
  store.write(old_run, "old");
  store.write(young_run, "young");
  const fs::path unfinished = folder_ / (to_text(old_run) + ".state.4711");
  std::ofstream(unfinished) << "of a process that was killed";
  std::ofstream(folder_ / "notes.txt") << "somebody's";
  for (const char* name : {".state", ".state.4711"})
    age(folder_ / (to_text(old_run) + name), std::chrono::hours(25));
  age(folder_ / (to_text(young_run) + ".state"), std::chrono::hours(23));
  age(folder_ / "notes.txt", std::chrono::hours(1000));
  EXPECT_EQ(store.expire(), 2u);
  EXPECT_FALSE(store.read(old_run));
  EXPECT_TRUE(store.read(young_run));
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt"));
}

TEST_F(StoreTest, AFolderThatIsNotThereHasNothingToExpire) {
  EXPECT_EQ(Store(folder_ / "nowhere", std::chrono::hours(1)).expire(), 0u);
}

/// A process killed while it writes leaves the file as it was before, or as it is after.
TEST_F(StoreTest, KilledWhileWritingLeavesOneOrTheOtherWhole) {
  const RunId run = draw_run_id();
  const Store store(folder_, std::chrono::hours(1));
  const std::array<std::string, 2> states{seal(std::string(300'000, 'a')), seal(std::string(400'000, 'b'))};
  store.write(run, states[0]);
  for (int round = 0; round < 100; ++round) {
    const pid_t writer = ::fork();
    if (writer == 0) {
      for (int i = 0;; ++i) store.write(run, states[static_cast<std::size_t>(i % 2)]);
    }
    ::usleep(static_cast<useconds_t>(500 + 97 * round % 3000));
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    const auto found = store.read(run);
    ASSERT_TRUE(found);
    EXPECT_NO_THROW(open(*found));
    EXPECT_TRUE(found == states[0] || found == states[1]);
  }
}

TEST(StoreFolder, IsTheUsersStateFolder) {
  const char* const state = std::getenv("XDG_STATE_HOME");
  const std::string kept = state == nullptr ? "" : state;
  ::setenv("XDG_STATE_HOME", "/s", 1);
  EXPECT_EQ(Store::user_folder(), "/s/oddity");
  ::unsetenv("XDG_STATE_HOME");
  ::setenv("HOME", "/h", 1);
  EXPECT_EQ(Store::user_folder(), "/h/.local/state/oddity");
  ::unsetenv("HOME");
  EXPECT_TRUE(Store::user_folder().empty());
  if (!kept.empty()) ::setenv("XDG_STATE_HOME", kept.c_str(), 1);
}

}  // namespace
}  // namespace oddity::state
