// What lies inside the envelope: sections, each with a tag, a version and a size, so that a reader passes
// over what it does not know. docs/state-format.md lists them all.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "oddity/state.hpp"

namespace oddity::state {

/// 1. Section::write(out, tag, version, bytes) for each section; sections may lie in sections.
/// 2. SectionReader sections(bytes); while (auto section = sections.next()) ...
///
/// Layout, little-endian: u32 tag, u32 version, u64 size of what follows, bytes. A tag is never given a
/// second meaning; its version rises when the bytes change in a way that an older reader would misread.
struct Section {
  std::uint32_t tag = 0;
  std::uint32_t version = 0;
  std::span<const std::byte> bytes;  ///< a view into what was opened

  static constexpr std::size_t header_bytes = 4 + 4 + 8;

  /// Appends one section to `out`.
  static void write(std::string& out, std::uint32_t tag, std::uint32_t version, std::string_view bytes);
};

/// Walks sections that lie one behind the other. Throws StateError where one announces more than there is.
class SectionReader {
 public:
  explicit SectionReader(std::span<const std::byte> bytes) noexcept : reader_(bytes) {}
  /// std::nullopt: that was the last one.
  std::optional<Section> next();

 private:
  StateReader reader_;
};

}  // namespace oddity::state
