// Lets an event be reported once an interval, and counts those that were not.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace oddity {

/// For log lines that bad data or a bad plugin could otherwise repeat with every window.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimit(Clock::duration interval) noexcept : interval_(interval) {}

  /// std::nullopt: not now, and counted. Otherwise report it, together with how many were
  /// left out since the last report.
  std::optional<std::uint64_t> tell(Clock::time_point now = Clock::now()) noexcept {
    if (told_ && now - *told_ < interval_) {
      ++left_out_;
      return std::nullopt;
    }
    told_ = now;
    return std::exchange(left_out_, 0);
  }

 private:
  Clock::duration interval_;
  std::optional<Clock::time_point> told_;
  std::uint64_t left_out_ = 0;
};

}  // namespace oddity
