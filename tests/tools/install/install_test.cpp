// A plugin is put in place by rename: whoever has mapped the old file keeps it.
#include "install/install.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/error.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

class Install : public testing::Test {
 protected:
  Install() {
    std::string name = (fs::temp_directory_path() / "oddity-install-XXXXXX").string();
    root = ::mkdtemp(name.data());
  }
  ~Install() override { fs::remove_all(root); }
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(root / name) << text;
    return root / name;
  }
  static std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  fs::path root;
};

TEST_F(Install, TheFileIsWholeReadableByAllAndWritableByItsOwner) {
  const std::string large(300'000, 'x');
  const fs::path place = put_in_place(write("a.so", large), root / "new" / "folder");
  EXPECT_EQ(place, root / "new" / "folder" / "a.so");
  EXPECT_EQ(read(place), large);
  struct stat status {};
  ASSERT_EQ(::stat(place.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0644u);
}

TEST_F(Install, WhoHasMappedTheOldFileKeepsIt) {
  const fs::path place = put_in_place(write("a.so", "the old one"), root / "to");
  const int file = ::open(place.c_str(), O_RDONLY);
  const auto* const mapped = static_cast<const char*>(::mmap(nullptr, 11, PROT_READ, MAP_PRIVATE, file, 0));
  struct stat before {};
  ::fstat(file, &before);
  put_in_place(write("a.so", "new"), root / "to");
  EXPECT_EQ(std::string(mapped, 11), "the old one");
  EXPECT_EQ(read(place), "new");
  struct stat after {};
  ::stat(place.c_str(), &after);
  EXPECT_NE(before.st_ino, after.st_ino);
  ::munmap(const_cast<char*>(mapped), 11);
  ::close(file);
}

TEST_F(Install, NothingIsLeftBehindWhenItFails) {
  fs::create_directories(root / "to" / "a.so");  // a folder stands in the way
  EXPECT_THROW(put_in_place(write("a.so", "new"), root / "to"), Error);
  EXPECT_EQ(std::distance(fs::directory_iterator(root / "to"), {}), 1);
  EXPECT_THROW(put_in_place(root / "none.so", root / "to"), Error);
  EXPECT_EQ(std::distance(fs::directory_iterator(root / "to"), {}), 1);
}

}  // namespace
}  // namespace oddity::plugin
