// What comes from data or options is shown to people: it must not move their cursor.
#pragma once

#include <algorithm>
#include <span>

namespace oddity {

/// Newlines and other control characters become blanks, in place.
inline void make_one_line(std::span<char> text) noexcept {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
}

}  // namespace oddity
