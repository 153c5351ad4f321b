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
/// A longer line is cut, or /dev/zero would fill the memory.
constexpr std::size_t longest_line = std::size_t{1} << 24;

Diagnostic unreadable(const std::string& name, const std::string& found) {
  return {"input '" + name + "'", "a file that can be read", found, ""};
}

}  // namespace

void require_readable(const std::vector<std::string>& paths) {
  std::vector<Diagnostic> diagnostics;
  for (const std::string& path : paths) {
    if (path == "-") continue;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0) {
      diagnostics.push_back(unreadable(path, std::strerror(errno)));
    } else if (S_ISDIR(status.st_mode)) {
      diagnostics.push_back(unreadable(path, "a folder"));
    }
  }
  if (!diagnostics.empty()) throw Error(std::move(diagnostics));
}

void LineSource::Close::operator()(void* file) const noexcept { ::gzclose_r(static_cast<gzFile>(file)); }

LineSource::LineSource(const std::string& path) : name_(path == "-" ? "stdin" : path), buffer_(block_bytes) {
  const int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw Error(unreadable(name_, std::strerror(errno)));
  struct stat status {};
  ::fstat(descriptor, &status);
  if (S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    throw Error(unreadable(name_, "a folder"));
  }
  bytes_total_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  file_.reset(::gzdopen(descriptor, "rb"));
  if (!file_) throw Error(unreadable(name_, "no memory to read it"));
  ::gzbuffer(static_cast<gzFile>(file_.get()), block_bytes);
}

bool LineSource::next(std::string_view& line) {
  line_number_ += joined_;
  joined_ = 0;
  start_ = at_;
  if (!take_line()) return false;
  if (++line_number_ == 1) check_first_bytes();
  line = record();
  return true;
}

bool LineSource::extend(std::string_view& line) {
  const bool joined = at_ - start_ < longest_joined && take_line();
  if (joined) ++joined_;
  line = record();
  return joined;
}

/// Skips the byte order mark that spreadsheets write, and refuses UTF-16, which
/// some programs on Windows write.
void LineSource::check_first_bytes() {
  const std::string_view text = record();
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    throw Error(
        {"input '" + name_ + "'", "UTF-8", "UTF-16", "convert it: iconv -f UTF-16 -t UTF-8 '" + name_ + "'"});
  }
  if (text.starts_with("\xef\xbb\xbf")) start_ += 3;
}

/// Moves end_ to the end of the line that starts at at_, and at_ behind its newline.
bool LineSource::take_line() {
  std::size_t searched = 0;  // bytes of the line known to hold no newline
  while (true) {
    const char* const from = buffer_.data() + at_ + searched;
    const auto* const newline = static_cast<const char*>(std::memchr(from, '\n', filled_ - at_ - searched));
    if (newline != nullptr) {
      end_ = static_cast<std::size_t>(newline - buffer_.data());
      at_ = end_ + 1;
      return true;
    }
    searched = filled_ - at_;
    if (searched < longest_line && fill()) continue;
    if (at_ == filled_) return false;
    end_ = at_ = filled_;  // the last line has no newline, or this is not a text at all
    return true;
  }
}

/// Moves the record to the front and reads on behind it; a record longer than the buffer makes it grow.
bool LineSource::fill() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(start_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
  filled_ -= start_;
  at_ -= start_;
  end_ -= std::min(end_, start_);
  start_ = 0;
  if (filled_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const auto file = static_cast<gzFile>(file_.get());
  const auto room = static_cast<unsigned>(std::min(buffer_.size() - filled_, block_bytes));
  const int got = ::gzread(file, buffer_.data() + filled_, room);
  int error = Z_OK;
  const char* const text = ::gzerror(file, &error);
  if (got < 0 || error == Z_BUF_ERROR) {
    throw BrokenInput(unreadable(name_, error == Z_ERRNO       ? std::strerror(errno)
                                        : error == Z_BUF_ERROR ? "a truncated gzip file"
                                                               : text));
  }
  filled_ += static_cast<std::size_t>(got);
  bytes_read_ = static_cast<std::uint64_t>(std::max<std::int64_t>(::gzoffset(file), 0));
  return got > 0;
}

}  // namespace oddity::replay
