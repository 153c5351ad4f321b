#include "http/body.hpp"

#include <array>
#include <new>

namespace oddity::live {
namespace {

/// How much more than `most` is read of a body that is too large.
constexpr std::size_t read_on = 8;
constexpr int either_form = 15 + 32;  // the largest window; gzip or zlib by what the first bytes say

}  // namespace

Body::Body(bool packed, std::size_t most) : packed_(packed), most_(most), inside_(packed) {
  if (packed_ && ::inflateInit2(&stream_, either_form) != Z_OK) throw std::bad_alloc();
}

Body::~Body() {
  if (packed_) ::inflateEnd(&stream_);
}

bool Body::take(std::string_view piece) {
  if (too_large_) {
    thrown_away_ += piece.size();
    return thrown_away_ < read_on * most_;
  }
  if (packed_) {
    unpack(piece);
  } else {
    append(piece);
  }
  return !broken_;
}

void Body::append(std::string_view piece) {
  too_large_ = text_.size() + piece.size() > most_;
  if (too_large_) {
    text_ = {};
  } else {
    text_ += piece;
  }
}

void Body::unpack(std::string_view piece) {
  std::array<char, 1 << 15> room;
  // zlib reads through it, and changes nothing.
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
  stream_.avail_in = static_cast<uInt>(piece.size());
  do {
    if (!inside_ && stream_.avail_in != 0) {  // one stream behind another is one body
      ::inflateReset(&stream_);
      inside_ = true;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    const int said = ::inflate(&stream_, Z_NO_FLUSH);
    broken_ = said != Z_OK && said != Z_STREAM_END && said != Z_BUF_ERROR;
    inside_ = said != Z_STREAM_END;
    append({room.data(), room.size() - stream_.avail_out});
  } while (!broken_ && !too_large_ && (stream_.avail_in != 0 || stream_.avail_out == 0));
}

}  // namespace oddity::live
