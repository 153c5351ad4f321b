// What `oddity live` has done so far, for its last line and the metrics; from any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "exchange/judged.hpp"

namespace oddity::live {

/// How long batches took from being read to being answered.
struct Latency {
  /// Upper ends of the classes in seconds; a last class is without one.
  static constexpr std::array<double, 11> ends{0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5, 30};
  std::array<std::uint64_t, ends.size() + 1> counts{};
  double sum = 0;
  std::uint64_t count = 0;

  void add(double seconds) noexcept;
};

struct StatusNumbers {
  WorkerTotals worker;  ///< of the worker at work
  WorkerTotals before;  ///< sums of the workers before it
  std::uint64_t batches = 0;
  std::uint64_t lines = 0;           ///< that could be read
  std::uint64_t unreadable = 0;      ///< lines
  std::uint64_t unjudged = 0;        ///< lines that were handed on without a worker's answer
  std::uint64_t refused = 0;         ///< bodies over HTTP for which there was no room
  std::uint64_t own_results = 0;     ///< lines over HTTP that are results of ours, come back
  std::uint64_t damaged = 0;         ///< batches of an earlier process that cannot be read
  std::uint64_t unsaved = 0;         ///< batches that the disk did not take
  std::uint64_t restarts = 0;        ///< of the worker
  int worker_pid = 0;                ///< 0: none is there
  std::vector<std::string> skipped;  ///< groups that are not judged any more
  std::size_t waiting_bytes = 0;     ///< of lines that are not answered
  std::uint64_t journal_bytes = 0;
  std::uint64_t results_dropped = 0;  ///< result lines that could not be delivered
  std::uint64_t results_waiting = 0;  ///< bytes of results to be delivered
  Latency latency;
};

/// Numbers behind a lock.
class Status {
 public:
  StatusNumbers numbers() const {
    const std::lock_guard lock(mutex_);
    StatusNumbers now = numbers_;
    if (look_) look_(now);
    return now;
  }
  /// `look`: fills in what others count, whenever the numbers are asked for; before other threads ask.
  void also(std::function<void(StatusNumbers&)> look) { look_ = std::move(look); }
  template <class Change>
  void change(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(numbers_);
  }

 private:
  mutable std::mutex mutex_;
  StatusNumbers numbers_;
  std::function<void(StatusNumbers&)> look_;
};

/// What all workers together have counted; what is true of one moment is of the last one.
WorkerTotals all_workers(const StatusNumbers& numbers) noexcept;

}  // namespace oddity::live
