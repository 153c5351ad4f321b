// How a file is packed: gzip or zstd, by what it begins with.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oddity::replay {

/// Bytes that cannot be unpacked, and why, in the library's words.
class Damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One way to pack, whose files are members (zstd calls them frames) one behind the other.
/// 1. begin() before each member;
/// 2. unpack(in, out) until within() is false: the member has ended.
class Packing {
 public:
  virtual ~Packing() = default;

  virtual void begin() = 0;
  struct Step {
    std::size_t taken = 0;  ///< of `in`
    std::size_t made = 0;   ///< in `out`
  };
  /// `out` is not empty; `in` may be, where more was unpacked before than there was room for. Throws Damaged.
  virtual Step unpack(std::span<const char> in, std::span<char> out) = 0;
  /// Whether a member is begun and has not ended.
  virtual bool within() const noexcept = 0;
  /// Whether a member can begin with this byte.
  virtual bool can_begin_with(char byte) const noexcept = 0;
  virtual std::string_view name() const noexcept = 0;
};

/// So many bytes of a file tell its packing.
inline constexpr std::size_t magic_bytes = 4;
/// nullptr: not packed. `first`: the first bytes of a file, all of them where there are fewer than magic_bytes.
std::unique_ptr<Packing> packing_of(std::span<const char> first);

/// What names of packed files end in behind the name that they have unpacked.
inline constexpr std::array<std::string_view, 2> packed_endings{".gz", ".zst"};
/// "a.csv" of a.csv.gz; other names as they are.
std::string unpacked_name(const std::string& name);

}  // namespace oddity::replay
