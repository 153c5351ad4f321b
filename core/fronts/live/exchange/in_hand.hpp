// Which group a detector is at work for, where the keeper sees it when the worker is gone.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/frame.hpp"

namespace oddity::live {

/// A number for a group's key, the same in every run. Never 0.
constexpr std::uint64_t hash_of(std::string_view key) noexcept {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a (Fowler, Noll, Vo), 64 bits
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash == 0 ? 1 : hash;
}

/// Lies in memory that both processes have: made of plain bytes, never destroyed.
struct InHand {
  std::atomic<std::uint64_t> hash{0};  ///< 0: no detector is at work
  std::atomic<std::uint32_t> size{0};
  std::atomic<std::uint64_t> batch{0};
  std::atomic<std::uint64_t> line{0};
  char text[256] = {};  ///< the key's beginning

  /// `at`: the line over which it is.
  void begin(std::string_view key, LinePlace at) noexcept {
    const std::size_t taken = key.copy(text, sizeof text);
    batch.store(at.batch, std::memory_order_relaxed);
    line.store(at.line, std::memory_order_relaxed);
    size.store(static_cast<std::uint32_t>(taken), std::memory_order_relaxed);
    hash.store(hash_of(key), std::memory_order_release);
  }
  void end() noexcept { hash.store(0, std::memory_order_release); }
  LinePlace place() const noexcept {
    return {batch.load(std::memory_order_relaxed), line.load(std::memory_order_relaxed)};
  }
  std::string key() const { return {text, size.load(std::memory_order_relaxed)}; }
};

/// Memory that both processes have, behind a descriptor that the worker inherits.
class SharedInHand {
 public:
  /// Makes it, or takes up what lies behind `descriptor`. Throws std::system_error.
  SharedInHand();
  explicit SharedInHand(int descriptor);
  SharedInHand(const SharedInHand&) = delete;
  SharedInHand& operator=(const SharedInHand&) = delete;
  ~SharedInHand();

  InHand& operator*() const noexcept { return *memory_; }
  InHand* operator->() const noexcept { return memory_; }
  int descriptor() const noexcept { return descriptor_; }

 private:
  void map();
  int descriptor_;
  InHand* memory_ = nullptr;
};

}  // namespace oddity::live
