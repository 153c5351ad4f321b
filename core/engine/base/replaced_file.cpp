#include "base/replaced_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace oddity {
namespace {

namespace fs = std::filesystem;

constexpr int max_links = 40;  // as many as the kernel follows
constexpr const char* own_descriptors = "/proc/self/fd";
constexpr int max_names = 100;  // left by processes of the same number that were killed

}  // namespace

fs::path ReplacedFile::followed(const fs::path& path) {
  std::error_code none;
  fs::path place = path;
  for (int links = 0; links < max_links && fs::is_symlink(fs::symlink_status(place, none)); ++links) {
    const fs::path target = fs::read_symlink(place, none);
    if (none) break;
    place = target.is_absolute() ? target : place.parent_path() / target;
  }
  return place;
}

ReplacedFile::ReplacedFile(const fs::path& place, Wording wording, std::optional<mode_t> mode)
    : place_(followed(place)), wording_(std::move(wording)) {
  struct stat old {};
  const bool replaces = ::stat(place_.c_str(), &old) == 0;
  if (replaces && !S_ISREG(old.st_mode)) fail("cannot be replaced", S_ISDIR(old.st_mode) ? EISDIR : EINVAL);
  if (replaces && !mode && ::access(place_.c_str(), W_OK) != 0) fail("cannot be written", errno);
  open(mode.value_or(0666));
  if (replaces && !mode) mode = old.st_mode & 07777;
  if (!mode || ::fchmod(descriptor_, *mode) == 0) return;
  const int error = errno;
  ::close(descriptor_);
  if (!unfinished_.empty()) ::unlink(unfinished_.c_str());
  fail("cannot be given its mode", error);
}

/// Unnamed (O_TMPFILE) where the file system supports that, so that a killed process leaves nothing behind.
void ReplacedFile::open(mode_t mode) {
  const fs::path parent = place_.parent_path();
  if (::access(own_descriptors, X_OK) == 0)
    descriptor_ = ::open(parent.empty() ? "." : parent.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
  if (descriptor_ >= 0) return;
  take_name([&](const fs::path& name) {
    descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return descriptor_ >= 0;
  });
  if (descriptor_ < 0) fail("cannot be opened", errno);
}

/// The first name beside the place that `made` can take.
template <class Made>
void ReplacedFile::take_name(const Made& made) {
  for (int i = 0; i < max_names; ++i) {
    fs::path name = fmt::format("{}.{}", place_.string(), ::getpid());
    if (i > 0) name += fmt::format(".{}", i);
    if (made(name)) {
      unfinished_ = name;
      return;
    }
    if (errno != EEXIST) return;
  }
}

ReplacedFile::~ReplacedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!unfinished_.empty()) ::unlink(unfinished_.c_str());
}

void ReplacedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor_, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail("cannot be written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

void ReplacedFile::commit() {
  if (::fsync(descriptor_) != 0) fail("cannot be flushed to disk", errno);
  if (unfinished_.empty()) {
    const std::string nameless = fmt::format("{}/{}", own_descriptors, descriptor_);
    take_name([&](const fs::path& name) {
      return ::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    });
    if (unfinished_.empty()) fail("cannot be put in place", errno);
  }
  if (::rename(unfinished_.c_str(), place_.c_str()) != 0) fail("cannot be put in place", errno);
  unfinished_.clear();
  const fs::path parent = place_.parent_path();
  const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // writable but not readable; the file itself is safe
  const int synced = ::fsync(folder);
  const int error = errno;
  ::close(folder);
  if (synced != 0 && error != EINVAL) fail("its name cannot be flushed to disk", error);
}

void ReplacedFile::fail(std::string_view what, int error) const {
  throw Error(
      {wording_.where, wording_.expected, fmt::format("{}: {}", what, std::strerror(error)), wording_.hint});
}

}  // namespace oddity
