// What a state file survives: the machine may stop at any moment, not only the process. No test can pull the
// plug; what it can see is the order of the calls that make a file safe. They are those of libc, in this
// program's own place of the same names.
#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "state/store.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> calls;
int sync_fails_with = 0;

template <class Function>
Function* of_libc(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int note_sync(int descriptor, const char* name) {
  std::error_code gone;
  calls.push_back("sync " +
                  fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), gone).filename().string());
  if (sync_fails_with != 0) {
    errno = sync_fails_with;
    return -1;
  }
  return of_libc<int(int)>(name)(descriptor);
}

void note_rename(const char* from, const char* to) {
  calls.push_back("rename " + fs::path(from).filename().string() + " " + fs::path(to).filename().string());
}

}  // namespace

extern "C" int fsync(int descriptor) { return note_sync(descriptor, "fsync"); }
extern "C" int fdatasync(int descriptor) { return note_sync(descriptor, "fdatasync"); }
extern "C" int rename(const char* from, const char* to) noexcept {
  note_rename(from, to);
  return of_libc<int(const char*, const char*)>("rename")(from, to);
}
extern "C" int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  note_rename(from, to);
  return of_libc<int(int, const char*, int, const char*)>("renameat")(from_folder, from, to_folder, to);
}

namespace oddity::state {
namespace {

class DiskOrder : public testing::Test {
 protected:
  DiskOrder() : folder_(fs::temp_directory_path() / ("oddity-disk-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    calls.clear();
    sync_fails_with = 0;
  }
  ~DiskOrder() override {
    sync_fails_with = 0;
    fs::remove_all(folder_);
  }
  fs::path folder_;
};

TEST_F(DiskOrder, TheBytesAreOnTheDiskBeforeTheNameAndTheNameBeforeTheReturn) {
  const RunId run = draw_run_id();
  Store(folder_, std::chrono::hours(1)).write(run, "state");
  const std::string name = to_text(run) + ".state";
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_TRUE(calls[0].starts_with("sync ")) << calls[0];
  EXPECT_NE(calls[0], "sync " + folder_.filename().string()) << "the bytes first";
  ASSERT_TRUE(calls[1].starts_with("rename " + name + ".") && calls[1].ends_with(" " + name))
      << calls[1] << ": what stood there is whole until the new one is";
  EXPECT_EQ(calls[2], "sync " + folder_.filename().string());
}

TEST_F(DiskOrder, BytesThatDoNotReachTheDiskReplaceNothing) {
  const RunId run = draw_run_id();
  const Store store(folder_, std::chrono::hours(1));
  store.write(run, "before");
  calls.clear();
  sync_fails_with = EIO;
  EXPECT_THROW(store.write(run, "after"), Error);
  EXPECT_EQ(calls.size(), 1u) << "the sync alone; no rename";
  EXPECT_EQ(store.read(run), "before");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1)
      << "nothing is left behind";
}

}  // namespace
}  // namespace oddity::state
