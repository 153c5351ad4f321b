// Counts what operator new gives out, for Held.
#include <malloc.h>

#include <new>

#include "fuzz.hpp"

namespace {

thread_local std::size_t now = 0;
thread_local std::size_t most_ever = 0;

void* take(std::size_t size) noexcept {
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) return nullptr;
  now += ::malloc_usable_size(memory);
  most_ever = std::max(most_ever, now);
  return memory;
}

void give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  const std::size_t size = ::malloc_usable_size(memory);
  now -= std::min(now, size);  // it may have come from another thread
  std::free(memory);
}

}  // namespace

// All of them, since a sanitizer brings its own and sees to it that they come in pairs.
void* operator new(std::size_t size) {
  if (void* const memory = take(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { give_back(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { give_back(memory); }

namespace oddity::fuzz {

Held::Held() noexcept : before_(now) { most_ever = now; }
std::size_t Held::max() const noexcept { return most_ever - before_; }

}  // namespace oddity::fuzz
