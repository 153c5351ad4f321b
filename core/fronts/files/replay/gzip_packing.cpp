#include "replay/gzip_packing.hpp"

#include <algorithm>
#include <limits>
#include <new>

namespace oddity::replay {
namespace {

constexpr std::string_view gzip_magic = "\x1f\x8b";

/// zlib counts in 32 bits.
uInt counted_by_zlib(std::size_t bytes) {
  return static_cast<uInt>(std::min<std::size_t>(bytes, std::numeric_limits<uInt>::max()));
}

}  // namespace

GzipPacking::GzipPacking() {
  constexpr int only_gzip = 16;
  if (::inflateInit2(&stream_, MAX_WBITS + only_gzip) != Z_OK) throw std::bad_alloc();
}

GzipPacking::~GzipPacking() { ::inflateEnd(&stream_); }

bool GzipPacking::begins(std::span<const char> first) noexcept {
  return std::string_view(first.data(), first.size()).starts_with(gzip_magic);
}

bool GzipPacking::can_begin_with(char byte) const noexcept { return byte == gzip_magic[0]; }

void GzipPacking::begin() {
  ::inflateReset(&stream_);
  within_ = true;
}

Packing::Step GzipPacking::unpack(std::span<const char> in, std::span<char> out) {
  // zlib's own type for what it reads is not const; it does not write there.
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream_.avail_in = counted_by_zlib(in.size());
  stream_.next_out = reinterpret_cast<Bytef*>(out.data());
  stream_.avail_out = counted_by_zlib(out.size());
  const uInt had = stream_.avail_in;
  const uInt wanted = stream_.avail_out;
  const int state = ::inflate(&stream_, Z_NO_FLUSH);
  if (state == Z_STREAM_END) {
    within_ = false;
  } else if (state != Z_OK && state != Z_BUF_ERROR) {
    throw Damaged(stream_.msg != nullptr ? stream_.msg : "no memory");
  }
  return {had - stream_.avail_in, wanted - stream_.avail_out};
}

}  // namespace oddity::replay
