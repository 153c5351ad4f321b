#include "replay/line_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace oddity::replay {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;

[[noreturn]] void fail(const std::string& name, const std::string& found) {
  throw Error({"input '" + name + "'", "a file that can be read", found, ""});
}

}  // namespace

void LineSource::Close::operator()(void* file) const noexcept { ::gzclose_r(static_cast<gzFile>(file)); }

LineSource::LineSource(const std::string& path) : name_(path == "-" ? "stdin" : path), buffer_(block_bytes) {
  const int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(name_, std::strerror(errno));
  struct stat status {};
  ::fstat(descriptor, &status);
  if (S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    fail(name_, "a folder");
  }
  bytes_total_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  file_.reset(::gzdopen(descriptor, "rb"));
  if (!file_) fail(name_, "no memory to read it");
  ::gzbuffer(static_cast<gzFile>(file_.get()), block_bytes);
}

bool LineSource::next(std::string_view& line) {
  std::size_t searched = at_;
  while (true) {
    const char* const from = buffer_.data() + searched;
    const char* const newline = static_cast<const char*>(std::memchr(from, '\n', filled_ - searched));
    if (newline != nullptr) {
      line = {buffer_.data() + at_, static_cast<std::size_t>(newline - buffer_.data()) - at_};
      at_ += line.size() + 1;
      ++line_number_;
      return true;
    }
    const std::size_t pending = filled_ - at_;
    if (!fill()) break;
    searched = at_ + pending;
  }
  if (at_ == filled_) return false;
  line = {buffer_.data() + at_, filled_ - at_};  // the last line has no newline
  at_ = filled_;
  ++line_number_;
  return true;
}

/// Moves what is pending to the front and reads on behind it; a line longer than the buffer makes it grow.
bool LineSource::fill() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
  filled_ -= at_;
  at_ = 0;
  if (filled_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const auto file = static_cast<gzFile>(file_.get());
  const int got = ::gzread(file, buffer_.data() + filled_, static_cast<unsigned>(std::min<std::size_t>(buffer_.size() - filled_, block_bytes)));
  int error = Z_OK;
  const char* const text = ::gzerror(file, &error);
  if (got < 0 || error == Z_BUF_ERROR) fail(name_, error == Z_ERRNO ? std::strerror(errno) : error == Z_BUF_ERROR ? "a gzip file that ends too early" : text);
  filled_ += static_cast<std::size_t>(got);
  bytes_read_ = static_cast<std::uint64_t>(::gzoffset(file));
  return got > 0;
}

}  // namespace oddity::replay
