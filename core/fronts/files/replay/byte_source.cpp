#include "replay/byte_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace oddity::replay {
namespace {

constexpr std::size_t bytes_a_read = std::size_t{1} << 18;
constexpr unsigned char magic[] = {0x1f, 0x8b};

}  // namespace

Diagnostic unreadable(const std::string& name, const std::string& found, const std::string& hint) {
  return {"input '" + name + "'", "a file that can be read", found, hint};
}

/// zlib's state, which is within a member or between two.
struct ByteSource::Gzip {
  Gzip() {
    constexpr int only_gzip = 16;
    if (::inflateInit2(&stream, MAX_WBITS + only_gzip) != Z_OK) throw std::bad_alloc();
  }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() { ::inflateEnd(&stream); }

  z_stream stream{};
  bool within = true;
};

ByteSource::ByteSource(const std::string& path) : name_(path == "-" ? "stdin" : path), packed_(bytes_a_read) {
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
  return gzip_ ? unpack(room) : copy(room);
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
  while (held().size() < sizeof(magic) && fill()) continue;
  if (held().size() >= sizeof(magic) && std::memcmp(held().data(), magic, sizeof(magic)) == 0)
    gzip_ = std::make_unique<Gzip>();
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
  z_stream& stream = gzip_->stream;
  stream.next_out = reinterpret_cast<Bytef*>(room.data());
  stream.avail_out = static_cast<uInt>(std::min<std::size_t>(room.size(), bytes_a_read));
  const uInt wanted = stream.avail_out;
  while (stream.avail_out == wanted) {
    if (!gzip_->within && !next_member()) return 0;
    if (held().empty() && !fill()) throw BrokenInput(unreadable(name_, "a truncated gzip file"));
    stream.next_in = reinterpret_cast<Bytef*>(packed_.data() + at_);
    stream.avail_in = static_cast<uInt>(held().size());
    const int state = ::inflate(&stream, Z_NO_FLUSH);
    at_ = filled_ - stream.avail_in;
    if (state == Z_STREAM_END) {
      gzip_->within = false;
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      throw BrokenInput(unreadable(
          name_, fmt::format("a damaged gzip file ({})", stream.msg != nullptr ? stream.msg : "no memory")));
    }
  }
  return wanted - stream.avail_out;
}

/// Passes over zeros, with which tapes and disks fill their blocks. False: the file ends there.
bool ByteSource::next_member() {
  while (true) {
    const auto first = std::find_if(held().begin(), held().end(), [](char byte) { return byte != '\0'; });
    at_ += static_cast<std::size_t>(first - held().begin());
    if (!held().empty()) break;
    if (!fill()) return false;
  }
  if (static_cast<unsigned char>(held().front()) != magic[0]) {
    throw BrokenInput(unreadable(
        name_, fmt::format("other bytes behind its gzip, from byte {} on", bytes_read_ - held().size()),
        "to judge what stands before them: gzip -dc < FILE | oddity replay -"));
  }
  ::inflateReset(&gzip_->stream);
  gzip_->within = true;
  return true;
}

}  // namespace oddity::replay
