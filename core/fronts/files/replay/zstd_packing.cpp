#include "replay/zstd_packing.hpp"

#include <zstd.h>

#include <algorithm>
#include <new>

namespace oddity::replay {
namespace {

constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";
/// Of frames to be passed over, behind a first byte from 0x50 to 0x5f.
constexpr std::string_view skippable = "\x2a\x4d\x18";

bool begins_skippable(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xf0) == 0x50; }

}  // namespace

void ZstdPacking::Free::operator()(ZSTD_DCtx_s* context) const noexcept { ::ZSTD_freeDCtx(context); }

ZstdPacking::ZstdPacking() : context_(::ZSTD_createDCtx()) {
  if (context_ == nullptr) throw std::bad_alloc();
}

bool ZstdPacking::begins(std::span<const char> first) noexcept {
  const std::string_view bytes(first.data(), first.size());
  return bytes.starts_with(zstd_magic) || (bytes.size() >= zstd_magic.size() && begins_skippable(bytes[0]) &&
                                           bytes.substr(1).starts_with(skippable));
}

bool ZstdPacking::can_begin_with(char byte) const noexcept {
  return byte == zstd_magic[0] || begins_skippable(byte);
}

void ZstdPacking::begin() {
  ::ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
  within_ = true;
  header_bytes_ = 0;
  made_ = 0;
}

Packing::Step ZstdPacking::unpack(std::span<const char> in, std::span<char> out) {
  ZSTD_inBuffer from{in.data(), in.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  const std::size_t left = ::ZSTD_decompressStream(context_.get(), &to, &from);
  if (::ZSTD_isError(left) != 0) throw Damaged(::ZSTD_getErrorName(left));
  within_ = left != 0;
  keep_header(in.first(from.pos));
  made_ += to.pos;
  if (!within_ && !is_as_long_as_it_says()) throw Damaged("its content is shorter than it says");
  return {from.pos, to.pos};
}

void ZstdPacking::keep_header(std::span<const char> taken) noexcept {
  const std::size_t more = std::min(taken.size(), header_.size() - header_bytes_);
  std::copy_n(taken.begin(), more, header_.begin() + static_cast<std::ptrdiff_t>(header_bytes_));
  header_bytes_ += more;
}

bool ZstdPacking::is_as_long_as_it_says() const noexcept {
  const unsigned long long size = ::ZSTD_getFrameContentSize(header_.data(), header_bytes_);
  return size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size == made_;
}

}  // namespace oddity::replay
