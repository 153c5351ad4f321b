#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace oddity {
namespace {

/// The length of the character at the front of `text`, 0 when there is none. RFC 3629, section 4.
std::size_t character(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto in = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (in(0, 0xc2, 0xdf)) return in(1, 0x80, 0xbf) ? 2 : 0;
  if (in(0, 0xe0, 0xef)) {
    const unsigned low = first == 0xe0 ? 0xa0 : 0x80;
    const unsigned high = first == 0xed ? 0x9f : 0xbf;
    return in(1, low, high) && in(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (in(0, 0xf0, 0xf4)) {
    const unsigned low = first == 0xf0 ? 0x90 : 0x80;
    const unsigned high = first == 0xf4 ? 0x8f : 0xbf;
    return in(1, low, high) && in(2, 0x80, 0xbf) && in(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

/// Eight characters at a time, the last eight again where fewer are left.
bool is_ascii(std::string_view text) noexcept {
  constexpr std::size_t step = sizeof(std::uint64_t);
  constexpr std::uint64_t beyond = 0x8080808080808080;
  std::uint64_t seen = 0;
  const auto look_at = [&](std::size_t begin) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + begin, step);
    seen |= eight;
  };
  if (text.size() < step) {
    for (const char letter : text) seen |= static_cast<unsigned char>(letter);
  } else {
    for (std::size_t i = 0; i + step < text.size(); i += step) look_at(i);
    look_at(text.size() - step);
  }
  return (seen & beyond) == 0;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  if (is_ascii(text)) return true;  // as nearly always
  while (!text.empty()) {
    const std::size_t size = character(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string to_utf8(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character(text);
    if (size == 0) {
      clean += "\xef\xbf\xbd";
      text.remove_prefix(1);
    } else {
      clean += text.substr(0, size);
      text.remove_prefix(size);
    }
  }
  return clean;
}

}  // namespace oddity
