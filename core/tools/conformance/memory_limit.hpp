// A limit on the memory of this process, so that a plugin which allocates by an unchecked count fails at once
// instead of taking the machine with it.
#pragma once

#include <sys/resource.h>

#include <cstddef>

namespace oddity::conformance {

/// For its lifetime no more than `more` bytes can be taken beyond what there is. Without effect under
/// sanitizers, whose own tables need the address space.
class MemoryLimit {
 public:
  explicit MemoryLimit(std::size_t more) noexcept;
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
  ~MemoryLimit();

 private:
  rlimit before_{};
  bool set_ = false;
};

}  // namespace oddity::conformance
