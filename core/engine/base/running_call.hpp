// Which detector is running, and for whom: reported when a call does not return, and when it crashes.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace oddity {

/// A call that takes longer does not return, unless `limits.call` says otherwise.
inline constexpr std::chrono::milliseconds usual_call_limit{120'000};

/// Written by the thread that calls detectors, read by others: by the session, which sees that a call does
/// not return, and by the crash report inside a signal handler on the calling thread itself.
///
/// 1. set_use("task 'x', node 'y'") once the use is known;
/// 2. const RunningCall::Inside inside(call, "ttest", group); around each call of a detector.
///
/// Calls come and go all the time and are hardly ever asked about. So going in and out takes no lock, but sets a
/// pointer; who reads through it says so first, and going out waits for that.
class RunningCall {
 public:
  RunningCall() = default;
  RunningCall(const RunningCall&) = delete;
  RunningCall& operator=(const RunningCall&) = delete;

  void set_use(std::string_view use);

  /// From any thread. "detector 'ttest'", or "the agent" outside of any call.
  std::string what() const;
  /// From any thread. "task 'x', node 'y', group 'z'", the parts that are known.
  std::string where() const;
  /// From any thread: how many calls were begun, and whether the last of them still runs.
  std::uint64_t begun() const noexcept { return begun_.load(std::memory_order_relaxed); }
  bool runs() const noexcept { return current_.load(std::memory_order_relaxed) != nullptr; }

  /// A call of a detector, from construction to destruction. `detector` and `group` stay the caller's, and what they
  /// are, for that long. `group`: nullptr where there is none, as at a task's start.
  class Inside {
   public:
    Inside(RunningCall& call, std::string_view detector, const std::string* group) noexcept;
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside();

   private:
    friend class RunningCall;
    RunningCall& call_;
    std::string_view detector_;
    std::optional<std::string_view> group_;
  };

  /// For the crash report, from a signal handler: the call that this thread is inside of, or nullptr.
  static const RunningCall* of_this_thread() noexcept;
  /// The same texts without a lock, appended to `out` of which `used` bytes are taken; cut where it is full.
  void append_to(std::array<char, 1024>& out, std::size_t& used) const noexcept;

 private:
  /// What the current call is, read while it cannot end.
  template <class Read>
  std::string read(Read&& read) const;

  std::atomic<const Inside*> current_{nullptr};
  std::atomic<std::uint64_t> begun_{0};  ///< written by the thread that calls alone
  mutable std::atomic<int> readers_{0};
  mutable std::mutex mutex_;  ///< for the use
  /// An array that is always there, for the signal handler; what does not fit is cut.
  std::array<char, 256> use_{};
  std::size_t use_size_ = 0;
};

}  // namespace oddity
