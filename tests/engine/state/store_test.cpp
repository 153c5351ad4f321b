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

/// Kapacitor's own snapshot is then taken; a failure here must not throw that away.
TEST_F(StoreTest, WhatCannotBeReadIsNotThere) {
  const RunId run = draw_run_id();
  fs::create_directories(folder_ / (to_text(run) + ".state"));
  EXPECT_EQ(Store(folder_, std::chrono::hours(1)).read(run), std::nullopt);
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
  EXPECT_EQ(store.expire().by_age, 2u);
  EXPECT_FALSE(store.read(old_run));
  EXPECT_TRUE(store.read(young_run));
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt"));
}

TEST_F(StoreTest, TheFolderIsMadeAndTriedBeforeThereIsAnythingToLose) {
  Store(folder_ / "deep" / "down", std::chrono::hours(1)).check();
  EXPECT_TRUE(fs::is_directory(folder_ / "deep" / "down"));
  std::ofstream(folder_ / "file") << "in the way";
  EXPECT_THROW(Store(folder_ / "file", std::chrono::hours(1)).check(), Error);
  EXPECT_THROW(Store("/proc/oddity", std::chrono::hours(1)).check(), Error) << "for root, too";
  if (::geteuid() != 0) {
    fs::permissions(folder_ / "deep", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_THROW(Store(folder_ / "deep", std::chrono::hours(1)).check(), Error);
    fs::permissions(folder_ / "deep", fs::perms::owner_all);
  }
}

TEST_F(StoreTest, WhatIsTakenIsThereOnce) {
  const Store store(folder_, std::chrono::hours(1));
  const RunId use = run_id_of("task and node");
  EXPECT_FALSE(store.take(use, std::chrono::minutes(10)));
  store.write(use, "state");
  EXPECT_EQ(store.take(use, std::chrono::minutes(10)), "state");
  EXPECT_FALSE(store.take(use, std::chrono::minutes(10)));
  store.write(use, "state");
  fs::last_write_time(folder_ / (to_text(use) + ".state"),
                      fs::file_time_type::clock::now() - std::chrono::minutes(11));
  EXPECT_FALSE(store.take(use, std::chrono::minutes(10))) << "too old";
  EXPECT_TRUE(names().empty()) << "and gone all the same";
}

TEST_F(StoreTest, TheRunBeforeGoesByItsNote) {
  const Store store(folder_, std::chrono::hours(1));
  const RunId first = draw_run_id(), second = draw_run_id(), other = draw_run_id();
  store.note_before(second, first);
  EXPECT_FALSE(fs::exists(folder_)) << "nothing is to be removed, so there is nothing to note";
  store.write(first, "first");
  store.write(other, "other");
  store.note_before(second, first);
  store.write(second, "second");
  store.remove_before(first);
  EXPECT_TRUE(store.read(first)) << "has none before it";
  store.remove_before(second);
  EXPECT_FALSE(store.read(first));
  EXPECT_TRUE(store.read(second));
  EXPECT_TRUE(store.read(other));
  EXPECT_EQ(names().size(), 2u) << "the note is gone, too";
}

TEST_F(StoreTest, ANoteLeadsToNoFileButOurs) {
  const Store store(folder_ / "states", std::chrono::hours(1));
  const RunId run = draw_run_id();
  store.write(run, "state");
  std::ofstream(folder_ / "notes.txt") << "somebody's";
  for (const fs::path& target : {fs::path("../notes.txt"), folder_ / "notes.txt", fs::path("notes.txt")}) {
    fs::create_symlink(target, folder_ / "states" / (to_text(run) + ".before"));
    store.remove_before(run);
    EXPECT_TRUE(fs::exists(folder_ / "notes.txt")) << target;
  }
}

TEST_F(StoreTest, BeyondTheirSizeTheOldestGo) {
  const Store store(folder_, std::chrono::hours(24), 2500);
  std::vector<RunId> runs;
  for (int hours = 5; hours > 0; --hours) {
    runs.push_back(draw_run_id());
    store.write(runs.back(), std::string(1000, 'x'));
    age(folder_ / (to_text(runs.back()) + ".state"), std::chrono::hours(hours));
  }
  std::ofstream(folder_ / "notes.txt") << std::string(9000, 'x');
  const auto removed = store.expire();
  EXPECT_EQ(removed.by_size, 3u);
  EXPECT_EQ(removed.by_age, 0u);
  EXPECT_TRUE(store.read(runs[4]) && store.read(runs[3])) << "the newest stay";
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt"));
}

TEST_F(StoreTest, AFolderThatIsNotThereHasNothingToExpire) {
  EXPECT_EQ(Store(folder_ / "nowhere", std::chrono::hours(1)).expire().by_age, 0u);
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
