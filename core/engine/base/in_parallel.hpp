// Work that falls into parts, on all cores.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/crash_report.hpp"

namespace oddity {

/// Calls work(i) for each i in [0, parts), in that order, on `threads` threads at once (at least one); returns when all
/// are done. The first exception ends it, and is thrown here.
template <class Work>
void in_parallel(std::size_t parts, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failed;
  std::mutex failing;
  const auto loop = [&] {
    for (std::size_t i = next++; i < parts; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(failing);
        if (!failed) failed = std::current_exception();
        next = parts;
      }
    }
  };
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < threads && i < parts; ++i)
      pool.emplace_back([&loop] {
        const CrashStack stack;
        loop();
      });
    loop();
  }
  if (failed) std::rethrow_exception(failed);
}

}  // namespace oddity
