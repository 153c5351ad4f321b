// Which detector is running, and for whom: reported when a call does not return, and when it crashes.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace oddity {

/// Written by the thread that calls detectors, read by others: by the session, which sees that a call does
/// not return, and by the crash report inside a signal handler on the calling thread itself. So it is made of
/// arrays that are always there, and what does not fit is cut.
///
/// 1. set_use("task 'x', node 'y'") once the use is known;
/// 2. const RunningCall::Inside inside(call, "ttest", group); around each call of a detector.
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

  /// A call of a detector, from construction to destruction. `group`: nullptr where there
  /// is none, as at a task's start.
  class Inside {
   public:
    Inside(RunningCall& call, std::string_view detector, const std::string* group);
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside();

   private:
    RunningCall& call_;
  };

  /// For the crash report, from a signal handler: the call that this thread is inside of, or nullptr. Reads
  /// no lock: the thread is in the detector and not in here.
  static const RunningCall* of_this_thread() noexcept;
  /// The same texts without a lock, appended to `out` of which `used` bytes are taken; cut where it is full.
  void append_to(std::array<char, 1024>& out, std::size_t& used) const noexcept;

 private:
  /// A short text that is never allocated.
  template <std::size_t capacity>
  struct Text {
    std::array<char, capacity> bytes{};
    std::size_t size = 0;
    void set(std::string_view text) noexcept { size = text.copy(bytes.data(), capacity); }
    std::string_view view() const noexcept { return {bytes.data(), size}; }
  };

  mutable std::mutex mutex_;
  Text<256> use_;
  Text<64> detector_;
  Text<256> group_;
  bool has_group_ = false;
};

}  // namespace oddity
