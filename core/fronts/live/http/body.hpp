// The body of a write as it comes in, unpacked.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace oddity::live {

/// 1. Body body(packed, most), `packed`: it is gzip, or zlib's own form of it;
/// 2. take(piece) for each piece as it comes. False: no more of it is worth reading;
/// 3. is_whole(), is_too_large(), then text().
///
/// A packed body that ends early is not whole: what is there of it could end inside a number. What is too large is read on
/// for a while and thrown away, since many clients look for an answer only when they have sent everything.
class Body {
 public:
  Body(bool packed, std::size_t most);
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;
  ~Body();

  bool take(std::string_view piece);
  bool is_whole() const noexcept { return !broken_ && !inside_; }
  bool is_too_large() const noexcept { return too_large_; }
  const std::string& text() const noexcept { return text_; }

 private:
  void unpack(std::string_view piece);
  void append(std::string_view piece);

  const bool packed_;
  const std::size_t most_;
  z_stream stream_{};
  std::string text_;
  std::size_t thrown_away_ = 0;
  bool inside_ = false;  ///< a packed stream that has not ended
  bool broken_ = false;
  bool too_large_ = false;
};

}  // namespace oddity::live
