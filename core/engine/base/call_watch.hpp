// Sees that a call of a detector does not return, where nobody else looks.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "base/running_call.hpp"

namespace oddity {

/// 1. CallWatch watch(limit, stuck);
/// 2. const CallWatch::Watched watched(watch, running); for each that calls detectors, as long as it does.
///
/// `stuck` is told once, on the watch's own thread, of the first call that lasts longer than `limit`, by up to a
/// tenth: "detector 'ttest' did not return within 2 s (group 'host=a')". A call cannot be ended but with its process.
class CallWatch {
 public:
  using Stuck = std::function<void(const std::string& sentence)>;
  CallWatch(std::chrono::milliseconds limit, Stuck stuck);
  CallWatch(const CallWatch&) = delete;
  CallWatch& operator=(const CallWatch&) = delete;
  ~CallWatch();

 private:
  using Clock = std::chrono::steady_clock;
  struct Seen {
    const RunningCall* running;
    std::uint64_t call = 0;     ///< that ran when it was last looked at; 0: none
    Clock::time_point since{};  ///< that it was first seen
  };

 public:
  class Watched {
   public:
    Watched(CallWatch& watch, const RunningCall& running);
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched();

   private:
    CallWatch& watch_;
    std::list<Seen>::iterator place_;
  };

 private:
  void run();
  bool lasts_too_long(Seen& seen, Clock::time_point now) const;

  const std::chrono::milliseconds limit_;
  const Stuck stuck_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Seen> watched_;  ///< held by mutex_
  bool stopping_ = false;    ///< held by mutex_
  std::jthread thread_;      ///< last: it uses all of these
};

}  // namespace oddity
