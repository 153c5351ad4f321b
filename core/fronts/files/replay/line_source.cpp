#include "replay/line_source.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>

#include "base/error.hpp"

namespace oddity::replay {

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

LineSource::LineSource(const std::string& path, bool ahead, std::size_t block_bytes)
    : block_bytes_(block_bytes), bytes_(path, block_bytes), buffer_(block_bytes) {
  if (ahead && bytes_.bytes_total() != 0) ahead_ = std::make_unique<ReadAhead>(bytes_, block_bytes);
}

/// Leaves the last line, and what was joined to it.
void LineSource::go_on() {
  line_number_ += joined_;
  joined_ = 0;
  if (cut_) pass_over_rest();
  start_ = at_;
}

bool LineSource::next(std::string_view& line) {
  go_on();
  if (!take_line()) return false;
  if (++line_number_ == 1) check_first_bytes();
  line = record();
  return true;
}

bool LineSource::extend(std::string_view& line) {
  const bool joined = !cut_ && at_ - start_ < longest_joined && take_line();
  if (joined) ++joined_;
  line = record();
  return joined;
}

std::string_view LineSource::block(std::size_t bytes) {
  go_on();
  try {
    while (filled_ - at_ < std::min(bytes, largest_block) && fill()) continue;
  } catch (const BrokenInput&) {  // the lines before it come first, as from next()
    broken_ = std::current_exception();
  }
  const std::size_t size = std::min(filled_ - at_, largest_block);
  const auto* const last = static_cast<const char*>(::memrchr(buffer_.data() + at_, '\n', size));
  if (last == nullptr) return {};
  return {buffer_.data() + at_, static_cast<std::size_t>(last - buffer_.data()) + 1 - at_};
}

void LineSource::pass(std::size_t bytes, std::uint64_t lines) noexcept {
  at_ += bytes;
  start_ = end_ = at_;
  line_number_ += lines;
}

/// Skips the byte order mark that spreadsheets write, and refuses UTF-16, which
/// some programs on Windows write.
void LineSource::check_first_bytes() {
  const std::string_view text = record();
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) {
    throw Error({"input '" + name() + "'", "UTF-8", "UTF-16",
                 "convert it: iconv -f UTF-16 -t UTF-8 '" + name() + "'"});
  }
  if (text.starts_with("\xef\xbb\xbf")) start_ += 3;
}

/// Moves end_ to the end of the line that starts at at_, and at_ behind its newline; both to where a line that
/// is too long is cut.
bool LineSource::take_line() {
  std::size_t searched = 0;  // bytes of the line known to hold no newline
  while (true) {
    const char* const from = buffer_.data() + at_ + searched;
    const auto* const newline = static_cast<const char*>(std::memchr(from, '\n', filled_ - at_ - searched));
    const std::size_t length =
        newline == nullptr ? filled_ - at_ : static_cast<std::size_t>(newline - buffer_.data()) - at_;
    cut_ = length > longest_line;
    if (newline == nullptr && !cut_) {
      searched = length;
      if (fill()) continue;
      if (length == 0) return false;
    }
    end_ = at_ + std::min(length, longest_line);
    at_ = newline == nullptr || cut_ ? end_ : end_ + 1;  // the last line has no newline
    return true;
  }
}

/// Moves at_ behind the newline of a line that is cut, a block at a time.
void LineSource::pass_over_rest() {
  cut_ = false;
  do {
    const char* const from = buffer_.data() + at_;
    const auto* const newline = static_cast<const char*>(std::memchr(from, '\n', filled_ - at_));
    start_ = at_ = newline == nullptr ? filled_ : static_cast<std::size_t>(newline - buffer_.data()) + 1;
    if (newline != nullptr) return;
  } while (fill());
}

/// Moves the record to the front and reads on behind it; a record longer than the buffer makes it grow.
bool LineSource::fill() {
  if (broken_) std::rethrow_exception(broken_);
  if (start_ != 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(start_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
  }
  filled_ -= start_;
  at_ -= start_;
  end_ -= std::min(end_, start_);
  start_ = 0;
  if (filled_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const std::size_t room = std::min(buffer_.size() - filled_, block_bytes_);
  const std::span<char> free = std::span(buffer_).subspan(filled_, room);
  const std::size_t got = ahead_ ? ahead_->read(free) : bytes_.read(free);
  filled_ += got;
  return got > 0;
}

}  // namespace oddity::replay
