// What time it is, as times of lines are written inside.
#pragma once

#include <chrono>
#include <cstdint>

namespace oddity::live {

/// ns since 1970 UTC.
inline std::int64_t now() noexcept {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

}  // namespace oddity::live
