// Where a time lies in its period.
#pragma once

#include <cstdint>

namespace oddity::plugins::seasonal {

struct Phase {
  std::int64_t cycle = 0;  ///< since 1970
  double share = 0;        ///< of the period that has passed, in [0, 1)
};

/// `time` in ns since 1970, `period` in ns, above 0.
inline Phase phase_of(std::int64_t time, std::int64_t period) noexcept {
  const std::int64_t rest = time % period;
  const std::int64_t passed = rest < 0 ? rest + period : rest;
  return {time / period - (rest < 0 ? 1 : 0), static_cast<double>(passed) / static_cast<double>(period)};
}

}  // namespace oddity::plugins::seasonal
