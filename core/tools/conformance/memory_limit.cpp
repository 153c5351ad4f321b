#include "conformance/memory_limit.hpp"

#include <unistd.h>

#include <fstream>

namespace oddity::conformance {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool possible = false;
#else
constexpr bool possible = true;
#endif

}  // namespace

MemoryLimit::MemoryLimit(std::size_t more) noexcept {
  std::size_t pages = 0;
  if (!possible || !(std::ifstream("/proc/self/statm") >> pages) || ::getrlimit(RLIMIT_AS, &before_) != 0)
    return;
  const rlimit limit{pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + more, before_.rlim_max};
  set_ = limit.rlim_cur < before_.rlim_cur && ::setrlimit(RLIMIT_AS, &limit) == 0;
}

MemoryLimit::~MemoryLimit() {
  if (set_) ::setrlimit(RLIMIT_AS, &before_);
}

}  // namespace oddity::conformance
