// Sets of bytes, for scanning: a look into a table, where std::string_view::find_first_of makes a call to
// memchr for each byte.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace oddity::formats {

class CharSet {
 public:
  constexpr explicit CharSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }
  /// How many bytes of `text` stand before the first of these, or all of them.
  constexpr std::size_t length_before(std::string_view text) const noexcept {
    std::size_t length = 0;
    while (length < text.size() && !has(text[length])) ++length;
    return length;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace oddity::formats
