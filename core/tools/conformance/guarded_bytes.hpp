// Memory that ends where it ends: the byte behind it cannot be touched.
#pragma once

#include <cstddef>
#include <span>

namespace oddity::conformance {

/// A copy of some bytes, read-only, the last of them before a page that is not there: a plugin that writes to
/// what it was lent, or reads on behind it, ends its process at that very instruction.
class GuardedBytes {
 public:
  /// Throws std::bad_alloc.
  explicit GuardedBytes(std::span<const std::byte> bytes);
  GuardedBytes(const GuardedBytes&) = delete;
  GuardedBytes& operator=(const GuardedBytes&) = delete;
  ~GuardedBytes();

  const std::byte* data() const noexcept { return data_; }

 private:
  void* pages_ = nullptr;
  std::size_t mapped_ = 0;
  std::byte* data_ = nullptr;
};

}  // namespace oddity::conformance
