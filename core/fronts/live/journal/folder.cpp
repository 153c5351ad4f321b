#include "journal/folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace oddity::live {
namespace {

[[noreturn]] void fail(const std::filesystem::path& place, const std::string& what) {
  throw Error({"option '--state'", "a folder that can be written", "'" + place.string() + "': " + what, ""});
}

std::string read_short(int descriptor) {
  char text[32] = {};
  const ssize_t got = ::pread(descriptor, text, sizeof text - 1, 0);
  return got <= 0 ? "" : std::string(text, static_cast<std::size_t>(got));
}

constexpr const char* temporary_prefix = "oddity-live-";

/// Whether the folder is one of ours whose owner is gone: its lock names a process, and nobody holds it. Who has just
/// made his has not written his name yet.
bool is_left_behind(const std::filesystem::path& place) {
  struct stat kind {};
  if (::lstat(place.c_str(), &kind) != 0 || !S_ISDIR(kind.st_mode) || kind.st_uid != ::geteuid())
    return false;
  const int lock = ::open((place / "lock").c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (lock < 0) return false;
  const bool left = ::flock(lock, LOCK_EX | LOCK_NB) == 0 && !read_short(lock).empty();
  ::close(lock);
  return left;
}

/// A process that is killed cannot remove its folder.
void remove_left_behind(const std::filesystem::path& in) {
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(in, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::filesystem::path place = entry->path();
    if (!place.filename().string().starts_with(temporary_prefix) || !is_left_behind(place)) continue;
    std::error_code ignored;
    std::filesystem::remove_all(place, ignored);
  }
}

}  // namespace

Folder::Folder(std::filesystem::path place) : place_(std::move(place)) {
  std::error_code failed;
  const bool made = std::filesystem::create_directories(place_, failed);
  if (failed) fail(place_, failed.message());
  if (made) std::filesystem::permissions(place_, std::filesystem::perms::owner_all, failed);
  lock();
}

Folder Folder::temporary() {
  const std::filesystem::path all = std::filesystem::temp_directory_path();
  remove_left_behind(all);
  std::string pattern = (all / (std::string(temporary_prefix) + "XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) fail(pattern, std::strerror(errno));
  Folder folder{std::filesystem::path(pattern)};
  folder.temporary_ = true;
  return folder;
}

Folder::Folder(Folder&& other) noexcept
    : place_(std::move(other.place_)),
      temporary_(std::exchange(other.temporary_, false)),
      lock_(std::exchange(other.lock_, -1)) {}

void Folder::lock() {
  const std::filesystem::path file = place_ / "lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) fail(place_, std::strerror(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    const std::string owner = read_short(lock_);
    ::close(std::exchange(lock_, -1));
    throw Error({"option '--state'", "a folder that no other process uses",
                 "'" + place_.string() + "', which process " + (owner.empty() ? "?" : owner) + " has",
                 "each `oddity live` needs a folder of its own"});
  }
  const std::string own = std::to_string(::getpid());
  if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, own.data(), own.size(), 0) < 0)
    fail(place_, std::strerror(errno));
}

Folder::~Folder() {
  if (lock_ >= 0) ::close(lock_);
  if (!temporary_) return;
  std::error_code ignored;
  std::filesystem::remove_all(place_, ignored);
}

bool Folder::adopt_state() const noexcept {
  if (::rename(next_state().c_str(), state().c_str()) != 0) return false;
  const int folder = ::open(place_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return true;
  ::fsync(folder);
  ::close(folder);
  return true;
}

Marks::Marks(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  void* memory = MAP_FAILED;
  if (descriptor >= 0 && ::ftruncate(descriptor, sizeof(Values)) == 0)
    memory = ::mmap(nullptr, sizeof(Values), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (memory == MAP_FAILED) fail(file, std::strerror(error));
  values_ = static_cast<Values*>(memory);
}

Marks::~Marks() { ::munmap(values_, sizeof(Values)); }

}  // namespace oddity::live
