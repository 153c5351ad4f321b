// The envelope of saved state: what it is, of which version, whole or not. Knows nothing of detectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oddity::state {

/// Bytes that cannot be used as a saved state, and why.
class EnvelopeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Layout, little-endian: 8 bytes "ODDITY\x1a\n", u32 format version, u32 CRC-32 of the content, u64 size of
/// the content, content. The control characters catch transfers in text mode.
inline constexpr std::uint32_t format_version = 1;

std::string seal(std::string_view content);

/// The content, a view into `bytes`. Throws EnvelopeError: too short, no magic, another format, size or
/// checksum.
std::span<const std::byte> open(std::string_view bytes);

}  // namespace oddity::state
