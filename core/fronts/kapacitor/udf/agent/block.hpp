// Bytes on their way from the reader to the worker.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

namespace oddity::agent {

/// A growing buffer that, unlike a vector, does not write zeros where a read() will write. In an Inbox it holds
/// whole frames only.
class Block {
 public:
  std::size_t size() const noexcept { return size_; }
  std::byte* data() noexcept { return bytes_.get(); }
  const std::byte* data() const noexcept { return bytes_.get(); }
  std::span<const std::byte> bytes() const noexcept { return {bytes_.get(), size_}; }

  void clear() noexcept { size_ = 0; }
  /// What is behind `size` is forgotten; what is new is not written yet.
  void resize(std::size_t size) {
    if (size > capacity_) grow(std::max(size, 2 * capacity_));
    size_ = size;
  }
  void assign(std::span<const std::byte> bytes) {
    resize(bytes.size());
    if (!bytes.empty()) std::memcpy(data(), bytes.data(), bytes.size());
  }

 private:
  void grow(std::size_t capacity) {
    auto larger = std::make_unique_for_overwrite<std::byte[]>(capacity);
    if (size_ != 0) std::memcpy(larger.get(), bytes_.get(), size_);
    bytes_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace oddity::agent
