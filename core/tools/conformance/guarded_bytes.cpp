#include "conformance/guarded_bytes.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>

namespace oddity::conformance {

GuardedBytes::GuardedBytes(std::span<const std::byte> bytes) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t used = (bytes.size() + page - 1) / page * page;
  mapped_ = used + page;
  pages_ = ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages_ == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(pages_) + (used - bytes.size());
  if (!bytes.empty()) std::memcpy(data_, bytes.data(), bytes.size());
  if (used != 0) ::mprotect(pages_, used, PROT_READ);
  ::mprotect(static_cast<std::byte*>(pages_) + used, page, PROT_NONE);
}

GuardedBytes::~GuardedBytes() { ::munmap(pages_, mapped_); }

}  // namespace oddity::conformance
