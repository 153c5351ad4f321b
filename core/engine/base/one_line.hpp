// What comes from data or options is shown to people: it must not move their cursor.
#pragma once

#include <cstddef>
#include <span>

namespace oddity {

/// Newlines and other control characters, those of two bytes in UTF-8 included, become blanks, in place.
inline void make_one_line(std::span<char> text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte < 0x20 || byte == 0x7f) text[i] = ' ';
    if (byte == 0xc2 && next >= 0x80 && next < 0xa0) text[i] = text[i + 1] = ' ';
  }
}

}  // namespace oddity
