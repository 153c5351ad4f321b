// The envelope of saved state: what it is, who saved it, of which version, whole or
// not. Knows nothing of detectors.
#pragma once

#include <array>
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

/// Which process saved a state. The ids of task and node do not identify it, since a replay has those of the
/// live task; so each process draws a number of its own.
using RunId = std::array<std::byte, 16>;

RunId draw_run_id();
/// A number that is the same for the same text, for a file that has to be found by what it is of.
RunId run_id_of(std::string_view text) noexcept;
std::string to_text(const RunId& run);  ///< 32 hexadecimal digits

/// Names one saved state: its run, and which of the run's states it is, counted from 1.
struct Origin {
  RunId run{};
  std::uint64_t counter = 0;
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// Layout, little-endian: 8 bytes "ODDITY\x1a\n", u32 format, u32 CRC-32 of what follows the
/// size, u64 size of what follows; 16 bytes run id, u64 counter, content. The control
/// characters catch transfers in text mode.
///
/// The format says how the content is to be read: 1 is the first, without sections; 2 has sections. Every
/// format that was written is read for ever; only the newest is written.
inline constexpr std::uint32_t newest_format = 2;
inline constexpr std::size_t envelope_bytes = 8 + 4 + 4 + 8 + sizeof(RunId) + 8;  ///< beside the content

std::string seal(std::string_view content, const Origin& origin = {});

struct Opened {
  std::uint32_t format = newest_format;
  Origin origin;
  std::span<const std::byte> content;  ///< a view into the bytes that were opened
};

/// Throws EnvelopeError: too short, no magic, a newer format, another size or checksum.
Opened open(std::string_view bytes);

}  // namespace oddity::state
