#include "install/install.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/error.hpp"

namespace oddity::plugin {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& what, const char* expected, int error) {
  std::string mend;
  if (error == EACCES || error == EPERM || error == EROFS)
    mend = "do it as a user who may write there, or name another place by --folder";
  throw Error({"'" + what.string() + "'", expected, std::strerror(error), mend});
}

/// Closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  operator int() const noexcept { return number_; }

 private:
  int number_;
};

/// A file beside its later place, gone again unless it was renamed.
class Beside {
 public:
  explicit Beside(const fs::path& place)
      : name_(place.parent_path() / ("." + place.filename().string() + ".XXXXXX")),
        file_(::mkostemp(name_.data(), O_CLOEXEC)) {
    if (file_ < 0) fail(place.parent_path(), "a folder that can be written", errno);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  void take(const fs::path& source) {
    const Descriptor in(::open(source.c_str(), O_RDONLY | O_CLOEXEC));
    if (in < 0) fail(source, "a file that can be read", errno);
    std::array<char, 1 << 16> bytes;
    while (true) {
      const ssize_t got = ::read(in, bytes.data(), bytes.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail(source, "a file that can be read", errno);
      if (got == 0) break;
      write_all(bytes.data(), static_cast<std::size_t>(got));
    }
    if (::fchmod(file_, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH) != 0 || ::fsync(file_) != 0)
      fail(name_, "a file that reaches the disk", errno);
  }
  void rename_to(const fs::path& place) {
    if (::rename(name_.c_str(), place.c_str()) != 0) fail(place, "a place that can be taken", errno);
    name_.clear();
  }

 private:
  void write_all(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t put = ::write(file_, bytes, size);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail(name_, "room for the file", errno);
      bytes += put;
      size -= static_cast<std::size_t>(put);
    }
  }
  std::string name_;
  Descriptor file_;
};

}  // namespace

fs::path put_in_place(const fs::path& file, const fs::path& folder) {
  std::error_code wrong;
  fs::create_directories(folder, wrong);
  if (wrong) fail(folder, "a folder that can be made", wrong.value());
  const fs::path place = folder / file.filename();
  Beside beside(place);
  beside.take(file);
  beside.rename_to(place);
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory >= 0) ::fsync(directory);  // some file systems know no such thing; the file itself is safe
  return place;
}

}  // namespace oddity::plugin
