#include "replay/byte_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace oddity::replay {
namespace {

/// Into a file beside it, under a name that tells the format as this one's does.
std::string to_unpack(const std::string& name, std::string_view packing) {
  if (name == "stdin")
    return fmt::format("to judge what stands before them, let {} -dc unpack it before", packing);
  std::filesystem::path unpacked(name);
  unpacked.replace_filename("unpacked-" + unpacked_name(unpacked.filename().string()));
  return fmt::format("to judge what stands before them, {} -dc < '{}' > '{}' and give that in its place",
                     packing, name, unpacked.string());
}

}  // namespace

Diagnostic unreadable(const std::string& name, const std::string& found, const std::string& hint) {
  return {"input '" + name + "'", "a file that can be read", found, hint};
}

ByteSource::ByteSource(const std::string& path, std::size_t block_bytes)
    : name_(path == "-" ? "stdin" : path), packed_(std::max(block_bytes, magic_bytes)) {
  file_ = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) throw Error(unreadable(name_, std::strerror(errno)));
  struct stat status {};
  ::fstat(file_, &status);
  if (S_ISDIR(status.st_mode)) {
    ::close(file_);
    throw Error(unreadable(name_, "a folder"));
  }
  bytes_total_ = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

ByteSource::~ByteSource() { ::close(file_); }

std::size_t ByteSource::read(std::span<char> room) {
  if (!begun_) begin();
  return packing_ ? unpack(room) : copy(room);
}

/// 0: the file ends.
std::size_t ByteSource::read_file(std::span<char> room) {
  if (ended_) return 0;
  ssize_t got = 0;
  do {
    got = ::read(file_, room.data(), room.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw BrokenInput(unreadable(name_, std::strerror(errno)));
  ended_ = got == 0;
  bytes_read_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

/// Reads on behind what is held. False: the file ends.
bool ByteSource::fill() {
  std::copy(held().begin(), held().end(), packed_.begin());
  filled_ -= at_;
  at_ = 0;
  const std::size_t got = read_file(std::span(packed_).subspan(filled_));
  filled_ += got;
  return got != 0;
}

void ByteSource::begin() {
  begun_ = true;
  while (held().size() < magic_bytes && fill()) continue;
  packing_ = packing_of(held());
  if (packing_) packing_->begin();
}

/// What begin() took, then straight from the file: bytes that are plain are copied by nobody but the kernel.
std::size_t ByteSource::copy(std::span<char> room) {
  if (held().empty()) return read_file(room);
  const std::size_t size = std::min(room.size(), held().size());
  std::copy_n(held().begin(), size, room.begin());
  at_ += size;
  return size;
}

std::size_t ByteSource::unpack(std::span<char> room) {
  while (true) {
    if (!packing_->within() && !next_member()) return 0;
    // Where the room was filled, more may be unpacked already than there was room for.
    if (held().empty() && !room_filled_ && !fill())
      throw BrokenInput(unreadable(name_, fmt::format("a truncated {} file", packing_->name())));
    try {
      const Packing::Step step = packing_->unpack(held(), room);
      at_ += step.taken;
      room_filled_ = step.made == room.size();
      if (step.made != 0) return step.made;
    } catch (const Damaged& damaged) {
      throw BrokenInput(
          unreadable(name_, fmt::format("a damaged {} file ({}), near byte {}", packing_->name(),
                                        damaged.what(), bytes_read_ - held().size())));
    }
  }
}

/// Passes over zeros, with which tapes and disks fill their blocks. False: the file ends there.
bool ByteSource::next_member() {
  while (true) {
    const auto first = std::find_if(held().begin(), held().end(), [](char byte) { return byte != '\0'; });
    at_ += static_cast<std::size_t>(first - held().begin());
    if (!held().empty()) break;
    if (!fill()) return false;
  }
  if (!packing_->can_begin_with(held().front())) {
    throw BrokenInput(unreadable(name_,
                                 fmt::format("other bytes behind its {}, from byte {} on", packing_->name(),
                                             bytes_read_ - held().size()),
                                 to_unpack(name_, packing_->name())));
  }
  packing_->begin();
  return true;
}

}  // namespace oddity::replay
